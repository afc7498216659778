"""Let a merge move the drafts of people who wait to be confirmed."""

from django.db import migrations

GUARDS_OFF = "SELECT audit_unguard('bids_expression');"
GUARDS = """
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON bids_expression
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_expression
    FOR EACH ROW
    WHEN ((OLD.id, OLD.chain_id, OLD.round_id, OLD.question_set_id, OLD.demonstration, OLD.key, OLD.started_by_id) IS DISTINCT FROM (NEW.id, NEW.chain_id, NEW.round_id, NEW.question_set_id, NEW.demonstration, NEW.key, NEW.started_by_id)
        OR (OLD.strand_id, OLD.maturity_id, OLD.idea_type_id, OLD.started_from_id) IS DISTINCT FROM (NEW.strand_id, NEW.maturity_id, NEW.idea_type_id, NEW.started_from_id) AND (OLD.state = 'draft') IS NOT TRUE
        OR (OLD.title, OLD.summary) IS DISTINCT FROM (NEW.title, NEW.summary) AND (OLD.state = 'draft' OR OLD.submitted_by_id IS NULL AND OLD.submitted_at IS NOT NULL) IS NOT TRUE
        OR OLD.submitted_by_id IS DISTINCT FROM NEW.submitted_by_id AND (OLD.state = 'draft' AND NEW.state = 'submitted') IS NOT TRUE
        OR OLD.submitted_at IS DISTINCT FROM NEW.submitted_at AND (OLD.state = 'draft' AND NEW.state = 'submitted' OR OLD.submitted_by_id IS NULL AND OLD.submitted_at IS NOT NULL) IS NOT TRUE
        OR OLD.started_at IS DISTINCT FROM NEW.started_at AND (OLD.submitted_by_id IS NULL AND OLD.submitted_at IS NOT NULL) IS NOT TRUE
        OR OLD.provisional IS DISTINCT FROM NEW.provisional AND (NOT NEW.provisional) IS NOT TRUE
        OR OLD.lead_id IS DISTINCT FROM NEW.lead_id AND (OLD.provisional) IS NOT TRUE
        OR OLD.withdrawn_because IS DISTINCT FROM NEW.withdrawn_because AND (OLD.state <> 'withdrawn' AND NEW.state = 'withdrawn') IS NOT TRUE
        OR OLD.merged_into_id IS DISTINCT FROM NEW.merged_into_id AND (OLD.state <> 'merged' AND NEW.state = 'merged') IS NOT TRUE
        OR OLD.state IS DISTINCT FROM NEW.state AND ((OLD.state, NEW.state) IN (('clarification', 'declined'), ('clarification', 'merged'), ('clarification', 'submitted'), ('clarification', 'withdrawn'), ('declined', 'retracted'), ('declined', 'submitted'), ('draft', 'submitted'), ('draft', 'withdrawn'), ('submitted', 'clarification'), ('submitted', 'declined'), ('submitted', 'merged'), ('submitted', 'retracted'), ('submitted', 'taken_forward'), ('submitted', 'withdrawn'), ('taken_forward', 'retracted'), ('withdrawn', 'retracted'))) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_chain BEFORE UPDATE ON bids_expression
    FOR EACH ROW
    WHEN (OLD.submitted_by_id IS NULL AND OLD.submitted_at IS NOT NULL)
    EXECUTE FUNCTION audit_guard_within('audit_chain', 'chain_id',
        '(($1).title, ($1).summary, ($1).submitted_at, ($1).started_at) IS NOT DISTINCT FROM (($2).title, ($2).summary, ($2).submitted_at, ($2).started_at) AND ($2).state <> ''retracted'' OR EXISTS ( SELECT FROM funding_correction AS correction WHERE correction.expression_id = ($2).id AND correction.state = ''done'' AND NOT EXISTS ( SELECT FROM audit_event AS event WHERE event.chain_id = parent.id AND event.name IN (''expression.corrected'', ''expression.retracted'') AND event.data ->> ''correction'' = correction.key))', '');
"""
FORMER_GUARDS = """
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON bids_expression
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_expression
    FOR EACH ROW
    WHEN ((OLD.id, OLD.chain_id, OLD.round_id, OLD.question_set_id, OLD.lead_id, OLD.demonstration, OLD.key, OLD.started_by_id) IS DISTINCT FROM (NEW.id, NEW.chain_id, NEW.round_id, NEW.question_set_id, NEW.lead_id, NEW.demonstration, NEW.key, NEW.started_by_id)
        OR (OLD.strand_id, OLD.maturity_id, OLD.idea_type_id, OLD.started_from_id) IS DISTINCT FROM (NEW.strand_id, NEW.maturity_id, NEW.idea_type_id, NEW.started_from_id) AND (OLD.state = 'draft') IS NOT TRUE
        OR (OLD.title, OLD.summary) IS DISTINCT FROM (NEW.title, NEW.summary) AND (OLD.state = 'draft' OR OLD.submitted_by_id IS NULL AND OLD.submitted_at IS NOT NULL) IS NOT TRUE
        OR OLD.submitted_by_id IS DISTINCT FROM NEW.submitted_by_id AND (OLD.state = 'draft' AND NEW.state = 'submitted') IS NOT TRUE
        OR OLD.submitted_at IS DISTINCT FROM NEW.submitted_at AND (OLD.state = 'draft' AND NEW.state = 'submitted' OR OLD.submitted_by_id IS NULL AND OLD.submitted_at IS NOT NULL) IS NOT TRUE
        OR OLD.started_at IS DISTINCT FROM NEW.started_at AND (OLD.submitted_by_id IS NULL AND OLD.submitted_at IS NOT NULL) IS NOT TRUE
        OR OLD.provisional IS DISTINCT FROM NEW.provisional AND (NOT NEW.provisional) IS NOT TRUE
        OR OLD.withdrawn_because IS DISTINCT FROM NEW.withdrawn_because AND (OLD.state <> 'withdrawn' AND NEW.state = 'withdrawn') IS NOT TRUE
        OR OLD.merged_into_id IS DISTINCT FROM NEW.merged_into_id AND (OLD.state <> 'merged' AND NEW.state = 'merged') IS NOT TRUE
        OR OLD.state IS DISTINCT FROM NEW.state AND ((OLD.state, NEW.state) IN (('clarification', 'declined'), ('clarification', 'merged'), ('clarification', 'submitted'), ('clarification', 'withdrawn'), ('declined', 'retracted'), ('declined', 'submitted'), ('draft', 'submitted'), ('draft', 'withdrawn'), ('submitted', 'clarification'), ('submitted', 'declined'), ('submitted', 'merged'), ('submitted', 'retracted'), ('submitted', 'taken_forward'), ('submitted', 'withdrawn'), ('taken_forward', 'retracted'), ('withdrawn', 'retracted'))) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_chain BEFORE UPDATE ON bids_expression
    FOR EACH ROW
    WHEN (OLD.submitted_by_id IS NULL AND OLD.submitted_at IS NOT NULL)
    EXECUTE FUNCTION audit_guard_within('audit_chain', 'chain_id',
        '(($1).title, ($1).summary, ($1).submitted_at, ($1).started_at) IS NOT DISTINCT FROM (($2).title, ($2).summary, ($2).submitted_at, ($2).started_at) AND ($2).state <> ''retracted'' OR EXISTS ( SELECT FROM funding_correction AS correction WHERE correction.expression_id = ($2).id AND correction.state = ''done'' AND NOT EXISTS ( SELECT FROM audit_event AS event WHERE event.chain_id = parent.id AND event.name IN (''expression.corrected'', ''expression.retracted'') AND event.data ->> ''correction'' = correction.key))', '');
"""


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0007_rows_without_a_parent"),
        ("bids", "0042_reconsideration_index"),
    ]

    operations = [
        migrations.RunSQL(GUARDS_OFF, FORMER_GUARDS),
        migrations.RunSQL(GUARDS, GUARDS_OFF),
    ]
