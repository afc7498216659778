"""Let applicants ask once that a decline is looked at again."""

import django.db.models.deletion
import innovation.core.fields
import innovation.core.keys
from django.conf import settings
from django.db import migrations, models


GUARDS_OFF = "SELECT audit_unguard('bids_expression', 'bids_bid', 'bids_feedback');"
GUARDS = """
CREATE OR REPLACE FUNCTION audit_facts_bids_feedback(r bids_feedback)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'expression_id', r.expression_id,
        'bid_id', r.bid_id,
        'reconsideration_id', r.reconsideration_id,
        'criterion_id', r.criterion_id,
        'text', audit_digest(r.text))
$$;
CREATE OR REPLACE FUNCTION audit_facts_bids_reconsideration(r bids_reconsideration)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'expression_id', r.expression_id,
        'bid_id', r.bid_id,
        'state', r.state,
        'grounds', audit_digest(r.grounds),
        'declined_by_id', r.declined_by_id,
        'asked_by_id', r.asked_by_id,
        'asked_at', audit_moment(r.asked_at),
        'reasons', audit_digest(r.reasons),
        'answered_by_id', r.answered_by_id,
        'answered_at', audit_moment(r.answered_at))
$$;
CREATE OR REPLACE FUNCTION audit_note_bids_reconsideration() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_reconsideration;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_reconsideration(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_reconsideration(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_expression WHERE id = r.expression_id),
        (SELECT chain_id FROM bids_bid WHERE id = r.bid_id),
        0),
        'bids_reconsideration', r.id, stated);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION audit_note_bids_reconsideration() FROM PUBLIC;
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_reconsideration
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_reconsideration();
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
        OR OLD.state IS DISTINCT FROM NEW.state AND ((OLD.state, NEW.state) IN (('assessed', 'at_board'), ('assessed', 'submitted'), ('assessed', 'withdrawn'), ('at_board', 'assessed'), ('at_board', 'with_minister'), ('at_board', 'withdrawn'), ('declined', 'with_minister'), ('in_development', 'submitted'), ('in_development', 'withdrawn'), ('returned', 'submitted'), ('returned', 'withdrawn'), ('submitted', 'assessed'), ('submitted', 'returned'), ('submitted', 'withdrawn'), ('with_minister', 'approved'), ('with_minister', 'declined'), ('with_minister', 'withdrawn'))) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON bids_reconsideration
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_reconsideration
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.expression_id, OLD.bid_id, OLD.grounds, OLD.declined_by_id, OLD.asked_by_id, OLD.asked_at) IS DISTINCT FROM (NEW.id, NEW.key, NEW.expression_id, NEW.bid_id, NEW.grounds, NEW.declined_by_id, NEW.asked_by_id, NEW.asked_at)
        OR (OLD.reasons, OLD.answered_by_id, OLD.answered_at) IS DISTINCT FROM (NEW.reasons, NEW.answered_by_id, NEW.answered_at) AND (OLD.state = 'asked' AND NEW.state <> 'asked') IS NOT TRUE
        OR OLD.state IS DISTINCT FROM NEW.state AND ((OLD.state, NEW.state) IN (('asked', 'overturned'), ('asked', 'upheld'))) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON bids_reconsideration
    FOR EACH ROW
    WHEN ((NEW.state = 'asked' AND NEW.answered_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_expression BEFORE INSERT OR UPDATE ON bids_reconsideration
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_expression', 'expression_id',
        'parent.state = ''declined''', 'FOR SHARE OF parent');
CREATE TRIGGER guard_within_bid BEFORE INSERT OR UPDATE ON bids_reconsideration
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'parent.state = ''declined''', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON bids_feedback
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_expression BEFORE INSERT ON bids_feedback
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_expression', 'expression_id',
        'parent.state = ''declined'' OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_within_bid BEFORE INSERT ON bids_feedback
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'parent.state = ''declined''', 'FOR SHARE OF parent');
"""
NEW_TABLES_OFF = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM bids_reconsideration) THEN
        RAISE EXCEPTION 'There are rows that the log states: without their tables they would be gone';
    END IF;
END $$;
SELECT audit_unguard('bids_expression', 'bids_bid', 'bids_reconsideration', 'bids_feedback');
DROP TRIGGER audit_note ON bids_reconsideration;
DROP FUNCTION audit_note_bids_reconsideration();
DROP FUNCTION audit_facts_bids_reconsideration(bids_reconsideration);
"""
FORMER_GUARDS = """
CREATE OR REPLACE FUNCTION audit_facts_bids_feedback(r bids_feedback)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'expression_id', r.expression_id,
        'bid_id', r.bid_id,
        'criterion_id', r.criterion_id,
        'text', audit_digest(r.text))
$$;
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
        OR OLD.state IS DISTINCT FROM NEW.state AND ((OLD.state, NEW.state) IN (('clarification', 'declined'), ('clarification', 'merged'), ('clarification', 'submitted'), ('clarification', 'withdrawn'), ('declined', 'retracted'), ('draft', 'submitted'), ('draft', 'withdrawn'), ('submitted', 'clarification'), ('submitted', 'declined'), ('submitted', 'merged'), ('submitted', 'retracted'), ('submitted', 'taken_forward'), ('submitted', 'withdrawn'), ('taken_forward', 'retracted'), ('withdrawn', 'retracted'))) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_chain BEFORE UPDATE ON bids_expression
    FOR EACH ROW
    WHEN (OLD.submitted_by_id IS NULL AND OLD.submitted_at IS NOT NULL)
    EXECUTE FUNCTION audit_guard_within('audit_chain', 'chain_id',
        '(($1).title, ($1).summary, ($1).submitted_at, ($1).started_at) IS NOT DISTINCT FROM (($2).title, ($2).summary, ($2).submitted_at, ($2).started_at) AND ($2).state <> ''retracted'' OR EXISTS ( SELECT FROM funding_correction AS correction WHERE correction.expression_id = ($2).id AND correction.state = ''done'' AND NOT EXISTS ( SELECT FROM audit_event AS event WHERE event.chain_id = parent.id AND event.name IN (''expression.corrected'', ''expression.retracted'') AND event.data ->> ''correction'' = correction.key))', '');
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
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON bids_feedback
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_expression BEFORE INSERT ON bids_feedback
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_expression', 'expression_id',
        'parent.state = ''declined'' OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_within_bid BEFORE INSERT ON bids_feedback
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'parent.state = ''declined''', 'FOR SHARE OF parent');
"""
STATE_EXISTING = """
DO $$
DECLARE of_log bigint;
BEGIN
    -- The log states the rows from before with the columns that they have now.
    IF EXISTS (SELECT FROM bids_feedback) THEN
        INSERT INTO audit_chain (kind, length, head, stage)
        VALUES ('service', 0, repeat('0', 64), '') RETURNING id INTO of_log;
        PERFORM audit_state_existing('bids_feedback', of_log);
    END IF;
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0007_rows_without_a_parent'),
        ('bids', '0040_descriptions_of_costs'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(GUARDS_OFF, FORMER_GUARDS + STATE_EXISTING),
        migrations.CreateModel(
            name='Reconsideration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('RCN'), editable=False, max_length=20, unique=True)),
                ('state', models.CharField(choices=[('asked', 'asked'), ('upheld', 'upheld'), ('overturned', 'overturned')], default='asked', max_length=10)),
                ('grounds', innovation.core.fields.Text(max_length=100000)),
                ('asked_at', models.DateTimeField()),
                ('reasons', innovation.core.fields.Text(blank=True, max_length=100000)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['asked_at', 'id'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='feedback',
            name='feedback_expression_once',
        ),
        migrations.RemoveConstraint(
            model_name='feedback',
            name='feedback_bid_once',
        ),
        migrations.AddField(
            model_name='reconsideration',
            name='answered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reconsideration',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reconsideration',
            name='bid',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reconsideration', to='bids.bid'),
        ),
        migrations.AddField(
            model_name='reconsideration',
            name='declined_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reconsideration',
            name='expression',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reconsideration', to='bids.expression'),
        ),
        migrations.AddField(
            model_name='feedback',
            name='reconsideration',
            field=models.ForeignKey(help_text='The one after which it was declined again.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='feedback', to='bids.reconsideration'),
        ),
        migrations.AddConstraint(
            model_name='feedback',
            constraint=models.UniqueConstraint(condition=models.Q(('expression__isnull', False)), fields=('expression', 'criterion', 'reconsideration'), name='feedback_expression_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='feedback',
            constraint=models.UniqueConstraint(condition=models.Q(('bid__isnull', False)), fields=('bid', 'criterion', 'reconsideration'), name='feedback_bid_once', nulls_distinct=False),
        ),
        migrations.AddIndex(
            model_name='reconsideration',
            index=models.Index(models.F('asked_at'), models.F('id'), condition=models.Q(('state', 'asked')), name='reconsideration_waiting'),
        ),
        migrations.AddConstraint(
            model_name='reconsideration',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'upheld', 'overturned'])), name='reconsideration_state'),
        ),
        migrations.AddConstraint(
            model_name='reconsideration',
            constraint=models.CheckConstraint(condition=models.Q(('expression__isnull', True), ('bid__isnull', True), _connector='XOR'), name='reconsideration_of_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='reconsideration',
            constraint=models.CheckConstraint(condition=models.Q(('grounds', ''), _negated=True), name='reconsideration_has_grounds'),
        ),
        migrations.AddConstraint(
            model_name='reconsideration',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='reconsideration_answered_by'),
        ),
        migrations.AddConstraint(
            model_name='reconsideration',
            constraint=models.CheckConstraint(condition=models.Q(('answered_by__isnull', True), models.Q(('answered_by', models.F('declined_by')), _negated=True), _connector='OR'), name='reconsideration_answered_by_another', violation_error_message='Somebody other than the person who declined it must answer.'),
        ),
        migrations.AddConstraint(
            model_name='reconsideration',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('reasons', ''), ('state', 'asked')), models.Q(models.Q(('state', 'asked'), _negated=True), ('answered_at__isnull', False), models.Q(('reasons', ''), _negated=True)), _connector='OR'), name='reconsideration_answered_with_reasons'),
        ),
        migrations.RunSQL(GUARDS, NEW_TABLES_OFF),
        migrations.RunSQL(STATE_EXISTING, migrations.RunSQL.noop),
    ]
