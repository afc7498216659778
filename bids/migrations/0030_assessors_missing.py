"""Count who is missing to assess a bid, so that such bids are found quickly."""

from django.conf import settings
from django.db import migrations, models

FORWARD = """
UPDATE bids_bid SET assessors_missing = assessments_needed
    - (SELECT count(*) FROM bids_assessment WHERE bid_id = bids_bid.id)
FROM bids_round WHERE bids_round.id = round_id;

SELECT audit_unguard('bids_bid');
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON bids_bid
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_bid
    FOR EACH ROW
    WHEN ((OLD.id, OLD.chain_id, OLD.round_id, OLD.question_set_id, OLD.lead_id, OLD.demonstration, OLD.key, OLD.expression_id, OLD.opened_at, OLD.expression_submitted_at) IS DISTINCT FROM (NEW.id, NEW.chain_id, NEW.round_id, NEW.question_set_id, NEW.lead_id, NEW.demonstration, NEW.key, NEW.expression_id, NEW.opened_at, NEW.expression_submitted_at)
        OR OLD.assessors_missing IS DISTINCT FROM NEW.assessors_missing AND (pg_trigger_depth() > 0) IS NOT TRUE
        OR (OLD.title, OLD.summary, OLD.strand_id, OLD.maturity_id, OLD.idea_type_id, OLD.theory_of_change, OLD.evaluation_plan, OLD.asked) IS DISTINCT FROM (NEW.title, NEW.summary, NEW.strand_id, NEW.maturity_id, NEW.idea_type_id, NEW.theory_of_change, NEW.evaluation_plan, NEW.asked) AND (OLD.state IN ('in_development', 'returned')) IS NOT TRUE
        OR (OLD.submitted_by_id, OLD.submitted_at) IS DISTINCT FROM (NEW.submitted_by_id, NEW.submitted_at) AND (OLD.state IN ('in_development', 'returned') AND NEW.state = 'submitted') IS NOT TRUE
        OR OLD.withdrawn_because IS DISTINCT FROM NEW.withdrawn_because AND (OLD.state <> 'withdrawn' AND NEW.state = 'withdrawn') IS NOT TRUE
        OR OLD.state IS DISTINCT FROM NEW.state AND ((OLD.state, NEW.state) IN (('assessed', 'at_board'), ('assessed', 'submitted'), ('assessed', 'withdrawn'), ('at_board', 'assessed'), ('at_board', 'with_minister'), ('at_board', 'withdrawn'), ('in_development', 'submitted'), ('in_development', 'withdrawn'), ('returned', 'submitted'), ('returned', 'withdrawn'), ('submitted', 'assessed'), ('submitted', 'returned'), ('submitted', 'withdrawn'), ('with_minister', 'approved'), ('with_minister', 'declined'), ('with_minister', 'withdrawn'))) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();

CREATE FUNCTION bids_need_assessors() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    -- The round does not change it any more once it has cases: see bids_round_guard.
    NEW.assessors_missing := (
        SELECT assessments_needed FROM bids_round WHERE id = NEW.round_id);
    RETURN NEW;
END $$;
CREATE TRIGGER need_assessors BEFORE INSERT ON bids_bid
    FOR EACH ROW EXECUTE FUNCTION bids_need_assessors();

CREATE FUNCTION bids_count_assessors() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        UPDATE bids_bid SET assessors_missing = assessors_missing - 1
        WHERE id = NEW.bid_id;
    ELSE
        UPDATE bids_bid SET assessors_missing = assessors_missing + 1
        WHERE id = OLD.bid_id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER count_assessors AFTER INSERT OR DELETE ON bids_assessment
    FOR EACH ROW EXECUTE FUNCTION bids_count_assessors();
"""
BACKWARD = """
SELECT audit_unguard('bids_bid');
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON bids_bid
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_bid
    FOR EACH ROW
    WHEN ((OLD.id, OLD.chain_id, OLD.round_id, OLD.question_set_id, OLD.lead_id, OLD.demonstration, OLD.key, OLD.expression_id, OLD.opened_at, OLD.expression_submitted_at) IS DISTINCT FROM (NEW.id, NEW.chain_id, NEW.round_id, NEW.question_set_id, NEW.lead_id, NEW.demonstration, NEW.key, NEW.expression_id, NEW.opened_at, NEW.expression_submitted_at)
        OR (OLD.title, OLD.summary, OLD.strand_id, OLD.maturity_id, OLD.idea_type_id, OLD.theory_of_change, OLD.evaluation_plan, OLD.asked) IS DISTINCT FROM (NEW.title, NEW.summary, NEW.strand_id, NEW.maturity_id, NEW.idea_type_id, NEW.theory_of_change, NEW.evaluation_plan, NEW.asked) AND (OLD.state IN ('in_development', 'returned')) IS NOT TRUE
        OR (OLD.submitted_by_id, OLD.submitted_at) IS DISTINCT FROM (NEW.submitted_by_id, NEW.submitted_at) AND (OLD.state IN ('in_development', 'returned') AND NEW.state = 'submitted') IS NOT TRUE
        OR OLD.withdrawn_because IS DISTINCT FROM NEW.withdrawn_because AND (OLD.state <> 'withdrawn' AND NEW.state = 'withdrawn') IS NOT TRUE
        OR OLD.state IS DISTINCT FROM NEW.state AND ((OLD.state, NEW.state) IN (('assessed', 'at_board'), ('assessed', 'submitted'), ('assessed', 'withdrawn'), ('at_board', 'assessed'), ('at_board', 'with_minister'), ('at_board', 'withdrawn'), ('in_development', 'submitted'), ('in_development', 'withdrawn'), ('returned', 'submitted'), ('returned', 'withdrawn'), ('submitted', 'assessed'), ('submitted', 'returned'), ('submitted', 'withdrawn'), ('with_minister', 'approved'), ('with_minister', 'declined'), ('with_minister', 'withdrawn'))) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();

DROP TRIGGER count_assessors ON bids_assessment;
DROP FUNCTION bids_count_assessors();
DROP TRIGGER need_assessors ON bids_bid;
DROP FUNCTION bids_need_assessors();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0007_rows_without_a_parent'),
        ('bids', '0029_case_list_indexes'),
        ('organisations', '0003_stable_order'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='bid',
            name='assessors_missing',
            field=models.SmallIntegerField(default=0, editable=False, help_text="How many more people have to assess it, which triggers count; below zero if there are more than the round requires."),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.AddIndex(
            model_name='assessment',
            index=models.Index(condition=models.Q(('finished_at__isnull', True)), fields=['bid'], name='assessment_unfinished'),
        ),
        migrations.AddIndex(
            model_name='bid',
            index=models.Index(condition=models.Q(('assessors_missing__gt', 0), ('state', 'submitted')), fields=['assessors_missing'], name='bid_assessors_missing'),
        ),
    ]
