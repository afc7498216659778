"""An expression that was imported by mistake can be retracted, or corrected."""

from django.conf import settings
from django.db import migrations, models


GUARDS_OFF = "SELECT audit_unguard('bids_expression', 'bids_expression_councils');"
GUARDS = """
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
        OR OLD.withdrawn_because IS DISTINCT FROM NEW.withdrawn_because AND (OLD.state <> 'withdrawn' AND NEW.state = 'withdrawn') IS NOT TRUE
        OR OLD.merged_into_id IS DISTINCT FROM NEW.merged_into_id AND (OLD.state <> 'merged' AND NEW.state = 'merged') IS NOT TRUE
        OR OLD.state IS DISTINCT FROM NEW.state AND ((OLD.state, NEW.state) IN (('clarification', 'declined'), ('clarification', 'merged'), ('clarification', 'submitted'), ('clarification', 'withdrawn'), ('declined', 'retracted'), ('draft', 'submitted'), ('draft', 'withdrawn'), ('submitted', 'clarification'), ('submitted', 'declined'), ('submitted', 'merged'), ('submitted', 'retracted'), ('submitted', 'taken_forward'), ('submitted', 'withdrawn'), ('taken_forward', 'retracted'), ('withdrawn', 'retracted'))) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_chain BEFORE UPDATE ON bids_expression
    FOR EACH ROW
    WHEN (OLD.submitted_by_id IS NULL AND OLD.submitted_at IS NOT NULL)
    EXECUTE FUNCTION audit_guard_within('audit_chain', 'chain_id',
        '(($1).title, ($1).summary, ($1).submitted_at, ($1).started_at) IS NOT DISTINCT FROM (($2).title, ($2).summary, ($2).submitted_at, ($2).started_at) AND ($2).state <> ''retracted'' OR EXISTS ( SELECT FROM funding_correction AS correction WHERE correction.expression_id = ($2).id AND correction.state = ''done'' AND NOT EXISTS ( SELECT FROM audit_event AS event WHERE event.chain_id = parent.id AND event.name IN (''expression.corrected'', ''expression.retracted'') AND event.data ->> ''correction'' = correction.key))', '');
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON bids_expression_councils
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_expression_councils
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_expression BEFORE INSERT OR DELETE ON bids_expression_councils
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_expression', 'expression_id',
        'parent.state = ''draft'' OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key) OR EXISTS ( SELECT FROM funding_correction AS correction WHERE correction.expression_id = parent.id AND correction.state = ''done'' AND NOT EXISTS ( SELECT FROM audit_event AS event WHERE event.chain_id = parent.chain_id AND event.name IN (''expression.corrected'', ''expression.retracted'') AND event.data ->> ''correction'' = correction.key))', 'FOR SHARE OF parent');
"""
FORMER_GUARDS = """
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON bids_expression
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_expression
    FOR EACH ROW
    WHEN ((OLD.id, OLD.chain_id, OLD.round_id, OLD.question_set_id, OLD.lead_id, OLD.demonstration, OLD.key, OLD.started_by_id, OLD.started_at) IS DISTINCT FROM (NEW.id, NEW.chain_id, NEW.round_id, NEW.question_set_id, NEW.lead_id, NEW.demonstration, NEW.key, NEW.started_by_id, NEW.started_at)
        OR (OLD.title, OLD.summary, OLD.strand_id, OLD.maturity_id, OLD.idea_type_id, OLD.started_from_id) IS DISTINCT FROM (NEW.title, NEW.summary, NEW.strand_id, NEW.maturity_id, NEW.idea_type_id, NEW.started_from_id) AND (OLD.state = 'draft') IS NOT TRUE
        OR (OLD.submitted_by_id, OLD.submitted_at) IS DISTINCT FROM (NEW.submitted_by_id, NEW.submitted_at) AND (OLD.state = 'draft' AND NEW.state = 'submitted') IS NOT TRUE
        OR OLD.withdrawn_because IS DISTINCT FROM NEW.withdrawn_because AND (OLD.state <> 'withdrawn' AND NEW.state = 'withdrawn') IS NOT TRUE
        OR OLD.merged_into_id IS DISTINCT FROM NEW.merged_into_id AND (OLD.state <> 'merged' AND NEW.state = 'merged') IS NOT TRUE
        OR OLD.state IS DISTINCT FROM NEW.state AND ((OLD.state, NEW.state) IN (('clarification', 'declined'), ('clarification', 'merged'), ('clarification', 'submitted'), ('clarification', 'withdrawn'), ('draft', 'submitted'), ('draft', 'withdrawn'), ('submitted', 'clarification'), ('submitted', 'declined'), ('submitted', 'merged'), ('submitted', 'taken_forward'), ('submitted', 'withdrawn'))) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON bids_expression_councils
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_expression_councils
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_expression BEFORE INSERT OR DELETE ON bids_expression_councils
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_expression', 'expression_id',
        'parent.state = ''draft'' OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
"""


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0007_rows_without_a_parent'),
        ('bids', '0032_folded_search'),
        ('organisations', '0003_stable_order'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(GUARDS_OFF, FORMER_GUARDS),
        migrations.RemoveConstraint(
            model_name='expression',
            name='expression_state',
        ),
        migrations.AlterField(
            model_name='expression',
            name='state',
            field=models.CharField(choices=[('draft', 'draft'), ('submitted', 'submitted'), ('clarification', 'clarification'), ('taken_forward', 'taken forward'), ('declined', 'declined'), ('withdrawn', 'withdrawn'), ('merged', 'merged'), ('retracted', 'retracted')], default='draft', max_length=20),
        ),
        migrations.AddConstraint(
            model_name='expression',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'clarification', 'taken_forward', 'declined', 'withdrawn', 'merged', 'retracted'])), name='expression_state'),
        ),
        migrations.AddConstraint(
            model_name='expression',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'retracted'), _negated=True), ('submitted_by__isnull', True), _connector='OR'), name='expression_retracted_was_imported'),
        ),
        migrations.RunSQL(GUARDS, GUARDS_OFF),
    ]
