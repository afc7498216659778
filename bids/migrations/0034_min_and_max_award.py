"""Name the limits of awards and scores as in forms: min_award, max_award, min_score,
max_score.

The constraints and triggers of the columns follow by themselves. The functions name the
columns, and the log states them by name, so the rows are stated again.
"""

from django.db import migrations, models

STATE_ROWS = """
DO $$
DECLARE
    carried bigint;
BEGIN
    IF EXISTS (SELECT FROM bids_round) THEN
        INSERT INTO audit_chain (kind, length, head, stage)
        VALUES ('service', 0, repeat('0', 64), '') RETURNING id INTO carried;
        PERFORM audit_state_existing('bids_round', carried);
        PERFORM audit_state_existing('bids_criterion', carried);
    END IF;
END $$;
"""
FORWARD = """
CREATE OR REPLACE FUNCTION bids_round_guard() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (OLD.route, OLD.opens_at, OLD.assessments_needed)
        IS DISTINCT FROM (NEW.route, NEW.opens_at, NEW.assessments_needed)
    AND (EXISTS (SELECT FROM bids_expression WHERE round_id = OLD.id)
         OR EXISTS (SELECT FROM bids_bid WHERE round_id = OLD.id)) THEN
        PERFORM bids_refuse('Cases were started in this round and follow its route, '
            'opening and number of assessments');
    END IF;
    IF NEW.closes_at IS DISTINCT FROM OLD.closes_at AND EXISTS (
        SELECT FROM bids_expression WHERE round_id = OLD.id
        AND submitted_at > NEW.closes_at
        AND (OLD.closes_at IS NULL OR submitted_at <= OLD.closes_at)
    ) THEN
        PERFORM bids_refuse('What was sent in time would become late');
    END IF;
    IF (coalesce(NEW.min_award, 0) > coalesce(OLD.min_award, 0)
        OR coalesce(NEW.max_award, 'infinity'::float8)
           < coalesce(OLD.max_award, 'infinity'::float8))
    AND EXISTS (
        SELECT FROM bids_expression
        WHERE round_id = OLD.id AND submitted_at IS NOT NULL
    ) THEN
        PERFORM bids_refuse('Forms were sent that kept to the limits of this round');
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION audit_facts_bids_round(r bids_round)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'chain_id', r.chain_id,
        'programme_id', r.programme_id,
        'name', audit_digest(r.name),
        'summary', audit_digest(r.summary),
        'route', r.route,
        'opens_at', audit_moment(r.opens_at),
        'closes_at', audit_moment(r.closes_at),
        'opens_note', audit_digest(r.opens_note),
        'replies_by', r.replies_by,
        'min_award', r.min_award,
        'max_award', r.max_award,
        'assessments_needed', r.assessments_needed,
        'published', r.published,
        'demonstration', r.demonstration)
$$;

CREATE OR REPLACE FUNCTION audit_facts_bids_criterion(r bids_criterion)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'round_id', r.round_id,
        'name', audit_digest(r.name),
        'description', audit_digest(r.description),
        'weight', r.weight,
        'min_score', r.min_score,
        'max_score', r.max_score,
        'position', r.position)
$$;
"""
BACKWARD = FORWARD
for new, old in (
    ("min_award", "award_least"),
    ("max_award", "award_most"),
    ("min_score", "score_least"),
    ("max_score", "score_most"),
):
    BACKWARD = BACKWARD.replace(new, old)


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0007_rows_without_a_parent"),
        ("bids", "0033_retracted_expressions"),
    ]
    operations = [
        # Backward, this runs last.
        migrations.RunSQL(migrations.RunSQL.noop, BACKWARD + STATE_ROWS),
        migrations.RenameField("round", "award_least", "min_award"),
        migrations.RenameField("round", "award_most", "max_award"),
        migrations.RenameField("criterion", "score_least", "min_score"),
        migrations.RenameField("criterion", "score_most", "max_score"),
        migrations.RunSQL(
            "ALTER TABLE bids_criterion RENAME CONSTRAINT bids_criterion_score_least_check TO bids_criterion_min_score_check",
            "ALTER TABLE bids_criterion RENAME CONSTRAINT bids_criterion_min_score_check TO bids_criterion_score_least_check",
        ),
        migrations.RunSQL(
            "ALTER TABLE bids_criterion RENAME CONSTRAINT bids_criterion_score_most_check TO bids_criterion_max_score_check",
            "ALTER TABLE bids_criterion RENAME CONSTRAINT bids_criterion_max_score_check TO bids_criterion_score_most_check",
        ),
        migrations.AlterConstraint(
            "criterion",
            "criterion_scale",
            models.CheckConstraint(
                condition=models.Q(
                    ("max_score__gt", models.F("min_score")), ("weight__gt", 0)
                ),
                name="criterion_scale",
                violation_error_code="max_score",
                violation_error_message="Enter a highest score above the lowest score",
            ),
        ),
        migrations.AlterConstraint(
            "round",
            "round_limits_in_order",
            models.CheckConstraint(
                condition=models.Q(
                    ("min_award__isnull", True),
                    ("max_award__isnull", True),
                    ("max_award__gte", models.F("min_award")),
                    _connector="OR",
                ),
                name="round_limits_in_order",
                violation_error_code="max_award",
                violation_error_message=(
                    "Enter a largest award of at least the smallest"
                ),
            ),
        ),
        migrations.AlterConstraint(
            "round",
            "round_seed_at_most_10000",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("route", "seed"), _negated=True),
                    ("max_award__lte", 1000000),
                    _connector="OR",
                ),
                name="round_seed_at_most_10000",
                violation_error_code="max_award",
                violation_error_message=(
                    "Enter a largest award of £10,000 or less: this is a seed round"
                ),
            ),
        ),
        migrations.RunSQL(FORWARD + STATE_ROWS, migrations.RunSQL.noop),
    ]
