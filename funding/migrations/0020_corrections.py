"""Two people correct or retract what was imported."""

import django.db.models.deletion
import innovation.core.fields
import innovation.core.keys
import innovation.core.lines
from django.conf import settings
from django.db import migrations, models


GUARDS_OFF = "SELECT audit_unguard('funding_moneyline', 'funding_award', 'funding_award_councils');"
GUARDS = """
CREATE OR REPLACE FUNCTION audit_facts_funding_correction(r funding_correction)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'award_id', r.award_id,
        'expression_id', r.expression_id,
        'sheet_column', r.sheet_column,
        'value', audit_digest(r.value),
        'before', audit_digest(r.before),
        'after', audit_digest(r.after),
        'reason', audit_digest(r.reason),
        'asked_by_id', r.asked_by_id,
        'asked_at', audit_moment(r.asked_at),
        'state', r.state,
        'answered_by_id', r.answered_by_id,
        'answered_at', audit_moment(r.answered_at),
        'answer', audit_digest(r.answer))
$$;
CREATE OR REPLACE FUNCTION audit_note_funding_correction() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r funding_correction;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_funding_correction(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_funding_correction(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM funding_award WHERE id = r.award_id),
        (SELECT chain_id FROM bids_expression WHERE id = r.expression_id),
        0),
        'funding_correction', r.id, stated);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION audit_note_funding_correction() FROM PUBLIC;
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON funding_correction
    FOR EACH ROW EXECUTE FUNCTION audit_note_funding_correction();
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_moneyline
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_bid BEFORE INSERT ON funding_moneyline
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'CASE ($2).status WHEN ''pipeline'' THEN parent.state IN (''assessed'', ''at_board'') AND ($2).amount = ( SELECT sum(amount) FROM bids_bidmoney WHERE bid_id = parent.id AND financial_year = ($2).financial_year) WHEN ''recommended'' THEN parent.state = ''at_board'' AND EXISTS ( SELECT FROM funding_recommendation AS advice JOIN funding_recommendedamount AS advised ON advised.recommendation_id = advice.id WHERE advice.bid_id = parent.id AND ($2).source = ''recommendation '' || advice.key AND (advised.financial_year, advised.amount) = (($2).financial_year, ($2).amount)) WHEN ''approved'' THEN parent.state = ''approved'' AND ($2).award_id IS NOT NULL OR parent.state = ''with_minister'' AND EXISTS ( SELECT FROM funding_decision AS decision JOIN funding_decidedamount AS decided ON decided.decision_id = decision.id WHERE decision.bid_id = parent.id AND ($2).source = ''decision '' || decision.key AND (decided.financial_year, decided.amount) = (($2).financial_year, ($2).amount)) ELSE ($2).award_id IS NOT NULL END', 'FOR SHARE OF parent');
CREATE TRIGGER guard_within_award BEFORE INSERT ON funding_moneyline
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_award', 'award_id',
        'CASE ($2).status WHEN ''agreed'' THEN parent.state = ''accepted'' AND ($2).source = ''award '' || parent.key || '' accepted'' AND EXISTS ( SELECT FROM funding_awardyear WHERE award_id = parent.id AND (financial_year, amount) = (($2).financial_year, ($2).amount)) WHEN ''paid'' THEN EXISTS ( SELECT FROM funding_payment WHERE award_id = parent.id AND state = ''paid'' AND ($2).source = ''payment '' || key AND (financial_year, amount) = (($2).financial_year, ($2).amount)) WHEN ''recovered'' THEN EXISTS ( SELECT FROM funding_payment WHERE award_id = parent.id AND state = ''recovered'' AND ($2).source = ''payment '' || key AND (financial_year, amount) = (($2).financial_year, ($2).amount)) WHEN ''approved'' THEN parent.state IN (''recorded'', ''retracted'') AND ($2).bid_id IS NULL AND ($2).amount = CASE parent.state WHEN ''recorded'' THEN coalesce(parent.amount, 0) ELSE 0 END - coalesce(( SELECT sum(amount) FROM funding_moneyline WHERE award_id = parent.id AND status = ''approved''), 0) OR ($2).amount < 0 AND ($2).bid_id = parent.bid_id AND (EXISTS ( SELECT FROM funding_payment WHERE award_id = parent.id AND state = ''recovered'' AND ($2).source = ''payment '' || key AND (financial_year, amount) = (($2).financial_year, -($2).amount)) OR parent.state IN (''declined'', ''withdrawn'', ''closed'', ''terminated'') AND ($2).source = ''award '' || parent.key || '' '' || parent.state) ELSE false END', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON funding_award
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON funding_award
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.chain_id, OLD.bid_id, OLD.round_id, OLD.summary, OLD.lead_id, OLD.lead_as_published, OLD.focus_area, OLD.amount_note, OLD.date_kind, OLD.confidence, OLD.follows_id, OLD.demonstration) IS DISTINCT FROM (NEW.id, NEW.key, NEW.chain_id, NEW.bid_id, NEW.round_id, NEW.summary, NEW.lead_id, NEW.lead_as_published, NEW.focus_area, NEW.amount_note, NEW.date_kind, NEW.confidence, NEW.follows_id, NEW.demonstration)
        OR OLD.announced_on IS DISTINCT FROM NEW.announced_on AND (OLD.announced_on IS NULL AND NEW.state IN ('accepted', 'active', 'suspended', 'closing', 'closed') OR NEW.announced_on IS NULL AND OLD.state <> 'recorded' OR OLD.state = 'recorded') IS NOT TRUE
        OR (OLD.title, OLD.dated_on, OLD.date_precision, OLD.amount, OLD.amount_precision, OLD.idea_type_id, OLD.idea_as_published, OLD.source, OLD.notes, OLD.revised_on) IS DISTINCT FROM (NEW.title, NEW.dated_on, NEW.date_precision, NEW.amount, NEW.amount_precision, NEW.idea_type_id, NEW.idea_as_published, NEW.source, NEW.notes, NEW.revised_on) AND (OLD.state = 'recorded') IS NOT TRUE
        OR OLD.state IS DISTINCT FROM NEW.state AND ((OLD.state, NEW.state) IN (('accepted', 'active'), ('accepted', 'terminated'), ('active', 'closing'), ('active', 'suspended'), ('active', 'terminated'), ('closing', 'closed'), ('closing', 'terminated'), ('offered', 'accepted'), ('offered', 'declined'), ('offered', 'withdrawn'), ('recorded', 'retracted'), ('suspended', 'active'), ('suspended', 'terminated'))) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON funding_award
    FOR EACH ROW
    WHEN ((NEW.state = 'recorded' OR NEW.state = 'offered' AND NEW.announced_on IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_bid BEFORE INSERT ON funding_award
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'parent.state = ''approved''', 'FOR SHARE OF parent');
CREATE TRIGGER guard_within_chain BEFORE UPDATE ON funding_award
    FOR EACH ROW
    WHEN (OLD.state = 'recorded')
    EXECUTE FUNCTION audit_guard_within('audit_chain', 'chain_id',
        'EXISTS ( SELECT FROM funding_correction AS correction WHERE correction.award_id = ($2).id AND correction.state = ''done'' AND NOT EXISTS ( SELECT FROM audit_event AS event WHERE event.chain_id = parent.id AND event.name IN (''award.corrected'', ''award.retracted'') AND event.data ->> ''correction'' = correction.key))', '');
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON funding_award_councils
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON funding_award_councils
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_award BEFORE INSERT OR DELETE ON funding_award_councils
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_award', 'award_id',
        'NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key) OR EXISTS ( SELECT FROM funding_correction AS correction WHERE correction.award_id = parent.id AND correction.state = ''done'' AND NOT EXISTS ( SELECT FROM audit_event AS event WHERE event.chain_id = parent.chain_id AND event.name IN (''award.corrected'', ''award.retracted'') AND event.data ->> ''correction'' = correction.key))', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON funding_correction
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON funding_correction
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.award_id, OLD.expression_id, OLD.sheet_column, OLD.value, OLD.before, OLD.after, OLD.reason, OLD.asked_by_id, OLD.asked_at) IS DISTINCT FROM (NEW.id, NEW.key, NEW.award_id, NEW.expression_id, NEW.sheet_column, NEW.value, NEW.before, NEW.after, NEW.reason, NEW.asked_by_id, NEW.asked_at)
        OR (OLD.answer, OLD.answered_by_id, OLD.answered_at) IS DISTINCT FROM (NEW.answer, NEW.answered_by_id, NEW.answered_at) AND (OLD.state = 'waiting' AND NEW.state <> 'waiting') IS NOT TRUE
        OR OLD.state IS DISTINCT FROM NEW.state AND ((OLD.state, NEW.state) IN (('waiting', 'done'), ('waiting', 'refused'))) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON funding_correction
    FOR EACH ROW
    WHEN ((NEW.state = 'waiting' AND NEW.answer = '') IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
"""
FORMER_GUARDS = """
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_moneyline
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_bid BEFORE INSERT ON funding_moneyline
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'CASE ($2).status WHEN ''pipeline'' THEN parent.state IN (''assessed'', ''at_board'') AND ($2).amount = ( SELECT sum(amount) FROM bids_bidmoney WHERE bid_id = parent.id AND financial_year = ($2).financial_year) WHEN ''recommended'' THEN parent.state = ''at_board'' AND EXISTS ( SELECT FROM funding_recommendation AS advice JOIN funding_recommendedamount AS advised ON advised.recommendation_id = advice.id WHERE advice.bid_id = parent.id AND ($2).source = ''recommendation '' || advice.key AND (advised.financial_year, advised.amount) = (($2).financial_year, ($2).amount)) WHEN ''approved'' THEN parent.state = ''approved'' AND ($2).award_id IS NOT NULL OR parent.state = ''with_minister'' AND EXISTS ( SELECT FROM funding_decision AS decision JOIN funding_decidedamount AS decided ON decided.decision_id = decision.id WHERE decision.bid_id = parent.id AND ($2).source = ''decision '' || decision.key AND (decided.financial_year, decided.amount) = (($2).financial_year, ($2).amount)) ELSE ($2).award_id IS NOT NULL END', 'FOR SHARE OF parent');
CREATE TRIGGER guard_within_award BEFORE INSERT ON funding_moneyline
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_award', 'award_id',
        'CASE ($2).status WHEN ''agreed'' THEN parent.state = ''accepted'' AND ($2).source = ''award '' || parent.key || '' accepted'' AND EXISTS ( SELECT FROM funding_awardyear WHERE award_id = parent.id AND (financial_year, amount) = (($2).financial_year, ($2).amount)) WHEN ''paid'' THEN EXISTS ( SELECT FROM funding_payment WHERE award_id = parent.id AND state = ''paid'' AND ($2).source = ''payment '' || key AND (financial_year, amount) = (($2).financial_year, ($2).amount)) WHEN ''recovered'' THEN EXISTS ( SELECT FROM funding_payment WHERE award_id = parent.id AND state = ''recovered'' AND ($2).source = ''payment '' || key AND (financial_year, amount) = (($2).financial_year, ($2).amount)) WHEN ''approved'' THEN parent.state = ''recorded'' AND ($2).bid_id IS NULL AND ($2).amount = parent.amount OR ($2).amount < 0 AND ($2).bid_id = parent.bid_id AND (EXISTS ( SELECT FROM funding_payment WHERE award_id = parent.id AND state = ''recovered'' AND ($2).source = ''payment '' || key AND (financial_year, amount) = (($2).financial_year, -($2).amount)) OR parent.state IN (''declined'', ''withdrawn'', ''closed'', ''terminated'') AND ($2).source = ''award '' || parent.key || '' '' || parent.state) ELSE false END', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON funding_award
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON funding_award
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.chain_id, OLD.bid_id, OLD.round_id, OLD.title, OLD.summary, OLD.lead_id, OLD.lead_as_published, OLD.focus_area, OLD.idea_type_id, OLD.idea_as_published, OLD.amount, OLD.amount_precision, OLD.amount_note, OLD.dated_on, OLD.date_precision, OLD.date_kind, OLD.source, OLD.confidence, OLD.notes, OLD.follows_id, OLD.revised_on, OLD.demonstration) IS DISTINCT FROM (NEW.id, NEW.key, NEW.chain_id, NEW.bid_id, NEW.round_id, NEW.title, NEW.summary, NEW.lead_id, NEW.lead_as_published, NEW.focus_area, NEW.idea_type_id, NEW.idea_as_published, NEW.amount, NEW.amount_precision, NEW.amount_note, NEW.dated_on, NEW.date_precision, NEW.date_kind, NEW.source, NEW.confidence, NEW.notes, NEW.follows_id, NEW.revised_on, NEW.demonstration)
        OR OLD.announced_on IS DISTINCT FROM NEW.announced_on AND (OLD.announced_on IS NULL AND NEW.state IN ('accepted', 'active', 'suspended', 'closing', 'closed') OR NEW.announced_on IS NULL AND OLD.state <> 'recorded') IS NOT TRUE
        OR OLD.state IS DISTINCT FROM NEW.state AND ((OLD.state, NEW.state) IN (('accepted', 'active'), ('accepted', 'terminated'), ('active', 'closing'), ('active', 'suspended'), ('active', 'terminated'), ('closing', 'closed'), ('closing', 'terminated'), ('offered', 'accepted'), ('offered', 'declined'), ('offered', 'withdrawn'), ('suspended', 'active'), ('suspended', 'terminated'))) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON funding_award
    FOR EACH ROW
    WHEN ((NEW.state = 'recorded' OR NEW.state = 'offered' AND NEW.announced_on IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_bid BEFORE INSERT ON funding_award
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'parent.state = ''approved''', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_award_councils
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_award BEFORE INSERT ON funding_award_councils
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_award', 'award_id',
        'NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
"""
CORRECTIONS_OFF = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM funding_correction) THEN
        RAISE EXCEPTION 'There are corrections: without their table the log would state rows that are gone';
    END IF;
END $$;
DROP TRIGGER audit_note ON funding_correction;
DROP FUNCTION audit_note_funding_correction();
DROP FUNCTION audit_facts_funding_correction(funding_correction);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0007_rows_without_a_parent'),
        ('bids', '0033_retracted_expressions'),
        ('funding', '0019_imports_of_the_past'),
        ('organisations', '0003_stable_order'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(GUARDS_OFF, FORMER_GUARDS),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('COR'), editable=False, max_length=20, unique=True)),
                ('sheet_column', innovation.core.lines.OneLineField(blank=True, max_length=40)),
                ('value', innovation.core.fields.Text(blank=True, max_length=100000)),
                ('before', innovation.core.fields.Text(blank=True, max_length=100000)),
                ('after', innovation.core.fields.Text(blank=True, max_length=100000)),
                ('reason', innovation.core.fields.Text(max_length=100000)),
                ('asked_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('done', 'done'), ('refused', 'refused')], default='waiting', max_length=8)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answer', innovation.core.fields.Text(blank=True, max_length=100000)),
            ],
            options={
                'ordering': ['-asked_at', '-id'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='award',
            name='award_recorded_has_no_bid',
        ),
        migrations.RemoveConstraint(
            model_name='award',
            name='award_recorded_once',
        ),
        migrations.RemoveConstraint(
            model_name='award',
            name='award_state',
        ),
        migrations.AlterField(
            model_name='award',
            name='state',
            field=models.CharField(choices=[('offered', 'offered'), ('accepted', 'accepted'), ('active', 'active'), ('suspended', 'suspended'), ('closing', 'closing'), ('closed', 'closed'), ('declined', 'declined'), ('withdrawn', 'withdrawn'), ('terminated', 'terminated'), ('recorded', 'recorded'), ('retracted', 'retracted')], max_length=12),
        ),
        migrations.AddConstraint(
            model_name='award',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['offered', 'accepted', 'active', 'suspended', 'closing', 'closed', 'declined', 'withdrawn', 'terminated', 'recorded', 'retracted'])), name='award_state'),
        ),
        migrations.AddConstraint(
            model_name='award',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('bid__isnull', True), ('state__in', ('recorded', 'retracted'))), models.Q(models.Q(('state__in', ('recorded', 'retracted')), _negated=True), ('bid__isnull', False)), _connector='OR'), name='award_recorded_has_no_bid'),
        ),
        migrations.AddConstraint(
            model_name='award',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'recorded')), fields=('title', 'round', 'lead_as_published'), name='award_recorded_once'),
        ),
        migrations.AddConstraint(
            model_name='importedcase',
            constraint=models.UniqueConstraint(fields=('subject',), name='imported_case_subject'),
        ),
        migrations.AddField(
            model_name='correction',
            name='answered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='correction',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='correction',
            name='award',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='funding.award'),
        ),
        migrations.AddField(
            model_name='correction',
            name='expression',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='bids.expression'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'done', 'refused'])), name='correction_state'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('award__isnull', True), ('expression__isnull', False)), models.Q(('award__isnull', False), ('expression__isnull', True)), _connector='OR'), name='correction_of_one_case'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='correction_reason'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), models.Q(('answered_by', models.F('asked_by')), _negated=True), _connector='OR'), name='correction_two_people'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='correction_answered'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='correction_answered_by'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='correction_refused_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('award',), name='correction_of_award_waits_once'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('expression',), name='correction_of_expression_waits_once'),
        ),
        migrations.RunSQL(GUARDS, CORRECTIONS_OFF + GUARDS_OFF),
    ]
