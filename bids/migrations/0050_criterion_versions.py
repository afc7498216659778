"""Let criteria change, after the first score as a new version with a reason, and let a
round say which spread of scores has to be moderated.
"""

import django.db.models.deletion
import innovation.core.fields
from django.conf import settings
from django.db import migrations, models


GUARDS_OFF = "SELECT audit_unguard('bids_criterion');"
GUARDS = """
CREATE OR REPLACE FUNCTION audit_facts_bids_criterion(r bids_criterion)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'round_id', r.round_id,
        'name', audit_digest(r.name),
        'description', audit_digest(r.description),
        'guidance', audit_digest(r.guidance),
        'weight', r.weight,
        'min_score', r.min_score,
        'max_score', r.max_score,
        'position', r.position)
$$;
CREATE OR REPLACE FUNCTION audit_facts_bids_criterionversion(r bids_criterionversion)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'criterion_id', r.criterion_id,
        'description', audit_digest(r.description),
        'guidance', audit_digest(r.guidance),
        'weight', r.weight,
        'reason', audit_digest(r.reason),
        'replaced_by_id', r.replaced_by_id,
        'replaced_at', audit_moment(r.replaced_at))
$$;
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
        'wide_spread', r.wide_spread,
        'published', r.published,
        'demonstration', r.demonstration)
$$;
CREATE OR REPLACE FUNCTION audit_note_bids_criterionversion() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_criterionversion;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_criterionversion(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_criterionversion(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_round WHERE id = (SELECT round_id FROM bids_criterion WHERE id = r.criterion_id)),
        0),
        'bids_criterionversion', r.id, stated);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION audit_note_bids_criterionversion() FROM PUBLIC;
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_criterionversion
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_criterionversion();
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON bids_criterion
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_criterion
    FOR EACH ROW
    WHEN ((OLD.id, OLD.round_id, OLD.position) IS DISTINCT FROM (NEW.id, NEW.round_id, NEW.position))
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_round BEFORE INSERT OR UPDATE ON bids_criterion
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_round', 'round_id',
        'NOT EXISTS (SELECT FROM bids_criterion AS one WHERE one.round_id = parent.id AND ( EXISTS (SELECT FROM bids_score WHERE criterion_id = one.id) OR EXISTS (SELECT FROM bids_feedback WHERE criterion_id = one.id))) OR (($1).name, ($1).min_score, ($1).max_score) IS NOT DISTINCT FROM (($2).name, ($2).min_score, ($2).max_score) AND EXISTS ( SELECT FROM bids_criterionversion AS kept WHERE kept.id = ( SELECT max(id) FROM bids_criterionversion WHERE criterion_id = ($1).id) AND (kept.description, kept.guidance, kept.weight) = (($1).description, ($1).guidance, ($1).weight))', 'FOR NO KEY UPDATE OF parent');
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON bids_criterionversion
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_criterion BEFORE INSERT ON bids_criterionversion
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_criterion', 'criterion_id',
        '(parent.description, parent.guidance, parent.weight) = (($2).description, ($2).guidance, ($2).weight)', 'FOR SHARE OF parent');
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
    IF OLD.wide_spread IS DISTINCT FROM NEW.wide_spread AND EXISTS (
        SELECT FROM bids_score AS score
        JOIN bids_criterion AS criterion ON criterion.id = score.criterion_id
        WHERE criterion.round_id = OLD.id
    ) THEN
        PERFORM bids_refuse('Bids were scored in this round and moderated by its '
            'spread');
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
"""
NEW_TABLES_OFF = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM bids_criterionversion) THEN
        RAISE EXCEPTION 'There are rows that the log states: without their tables they would be gone';
    END IF;
END $$;
SELECT audit_unguard('bids_criterion', 'bids_criterionversion');
DROP TRIGGER audit_note ON bids_criterionversion;
DROP FUNCTION audit_note_bids_criterionversion();
DROP FUNCTION audit_facts_bids_criterionversion(bids_criterionversion);
"""
FORMER_GUARDS = """
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
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON bids_criterion
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_round BEFORE INSERT ON bids_criterion
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_round', 'round_id',
        'NOT EXISTS (SELECT FROM bids_criterion AS one WHERE one.round_id = parent.id AND (EXISTS (SELECT FROM bids_score WHERE criterion_id = one.id) OR EXISTS (SELECT FROM bids_feedback WHERE criterion_id = one.id)))', 'FOR NO KEY UPDATE OF parent');
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
"""
STATE_EXISTING = """
DO $$
DECLARE of_log bigint;
BEGIN
    -- The log states the rows from before with the columns that they have now.
    IF EXISTS (SELECT FROM bids_round) THEN
        INSERT INTO audit_chain (kind, length, head, stage)
        VALUES ('service', 0, repeat('0', 64), '') RETURNING id INTO of_log;
        PERFORM audit_state_existing('bids_round', of_log);
        PERFORM audit_state_existing('bids_criterion', of_log);
    END IF;
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0007_rows_without_a_parent'),
        ('bids', '0049_related_case_indexes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(GUARDS_OFF, FORMER_GUARDS + STATE_EXISTING),
        migrations.CreateModel(
            name='CriterionVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('description', innovation.core.fields.Text(blank=True, max_length=100000)),
                ('guidance', innovation.core.fields.Text(blank=True, max_length=100000)),
                ('weight', models.PositiveSmallIntegerField()),
                ('reason', innovation.core.fields.Text(max_length=100000)),
                ('replaced_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['replaced_at', 'id'],
            },
        ),
        migrations.AddField(
            model_name='criterion',
            name='guidance',
            field=innovation.core.fields.Text(blank=True, db_default='', default='', help_text='How to score it, for the people who assess bids.', max_length=100000),
        ),
        migrations.AddField(
            model_name='round',
            name='wide_spread',
            field=models.PositiveSmallIntegerField(db_default=2, default=2, help_text='How many points between the highest and the lowest score on a criterion have to be moderated.'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(('wide_spread__range', (1, 100))), name='round_wide_spread'),
        ),
        migrations.AddField(
            model_name='criterionversion',
            name='criterion',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='bids.criterion'),
        ),
        migrations.AddField(
            model_name='criterionversion',
            name='replaced_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='criterionversion',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='criterion_version_reason'),
        ),
        migrations.RunSQL(GUARDS, NEW_TABLES_OFF),
        migrations.RunSQL(STATE_EXISTING, migrations.RunSQL.noop),
    ]
