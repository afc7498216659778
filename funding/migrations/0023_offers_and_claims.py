"""Offers with terms and a date, claims and reports with drafts and files."""

import django.db.models.deletion
import innovation.core.fields
import innovation.core.keys
import innovation.core.money
from django.conf import settings
from django.db import migrations, models


GUARDS_OFF = "SELECT audit_unguard('funding_decision', 'funding_monitoringreport');"
GUARDS = """
CREATE OR REPLACE FUNCTION audit_facts_funding_claim(r funding_claim)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'payment_id', r.payment_id,
        'spent', r.spent,
        'note', audit_digest(r.note),
        'sent_by_id', r.sent_by_id,
        'sent_at', audit_moment(r.sent_at))
$$;
CREATE OR REPLACE FUNCTION audit_facts_funding_decision(r funding_decision)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'bid_id', r.bid_id,
        'reconsideration_id', r.reconsideration_id,
        'verdict', r.verdict,
        'reason', audit_digest(r.reason),
        'departs_from_advice', r.departs_from_advice,
        'overspend_reason', audit_digest(r.overspend_reason),
        'overspend_by', r.overspend_by,
        'decided_by_id', r.decided_by_id,
        'decided_at', audit_moment(r.decided_at))
$$;
CREATE OR REPLACE FUNCTION audit_facts_funding_grantfile(r funding_grantfile)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'payment_id', r.payment_id,
        'report_id', r.report_id,
        'document_id', r.document_id,
        'claim_id', r.claim_id,
        'sent_at', audit_moment(r.sent_at),
        'removed_at', audit_moment(r.removed_at))
$$;
CREATE OR REPLACE FUNCTION audit_facts_funding_monitoringreport(r funding_monitoringreport)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'award_id', r.award_id,
        'period', audit_digest(r.period),
        'due_on', r.due_on,
        'progress', audit_digest(r.progress),
        'spent', r.spent,
        'handed_in_by_id', r.handed_in_by_id,
        'handed_in_at', audit_moment(r.handed_in_at))
$$;
CREATE OR REPLACE FUNCTION audit_facts_funding_offer(r funding_offer)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'award_id', r.award_id,
        'terms_id', r.terms_id,
        'conditions', audit_digest(r.conditions),
        'reply_by', r.reply_by,
        'answered_by_id', r.answered_by_id,
        'answered_at', audit_moment(r.answered_at))
$$;
CREATE OR REPLACE FUNCTION audit_facts_funding_terms(r funding_terms)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'round_id', r.round_id,
        'version', r.version,
        'text', audit_digest(r.text),
        'published_by_id', r.published_by_id,
        'published_at', audit_moment(r.published_at))
$$;
CREATE OR REPLACE FUNCTION audit_note_funding_claim() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r funding_claim;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_funding_claim(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_funding_claim(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM funding_award WHERE id = (SELECT award_id FROM funding_payment WHERE id = r.payment_id)),
        0),
        'funding_claim', r.id, stated);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION audit_note_funding_claim() FROM PUBLIC;
CREATE OR REPLACE FUNCTION audit_note_funding_grantfile() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r funding_grantfile;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_funding_grantfile(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_funding_grantfile(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM documents_document WHERE id = r.document_id),
        0),
        'funding_grantfile', r.id, stated);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION audit_note_funding_grantfile() FROM PUBLIC;
CREATE OR REPLACE FUNCTION audit_note_funding_offer() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r funding_offer;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_funding_offer(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_funding_offer(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM funding_award WHERE id = r.award_id),
        0),
        'funding_offer', r.id, stated);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION audit_note_funding_offer() FROM PUBLIC;
CREATE OR REPLACE FUNCTION audit_note_funding_terms() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r funding_terms;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_funding_terms(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_funding_terms(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_round WHERE id = r.round_id),
        0),
        'funding_terms', r.id, stated);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION audit_note_funding_terms() FROM PUBLIC;
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON funding_claim
    FOR EACH ROW EXECUTE FUNCTION audit_note_funding_claim();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON funding_grantfile
    FOR EACH ROW EXECUTE FUNCTION audit_note_funding_grantfile();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON funding_offer
    FOR EACH ROW EXECUTE FUNCTION audit_note_funding_offer();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON funding_terms
    FOR EACH ROW EXECUTE FUNCTION audit_note_funding_terms();
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_decision
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_bid BEFORE INSERT ON funding_decision
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'parent.state = ''with_minister''', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_terms
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON funding_offer
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON funding_offer
    FOR EACH ROW
    WHEN ((OLD.id, OLD.award_id, OLD.terms_id, OLD.conditions) IS DISTINCT FROM (NEW.id, NEW.award_id, NEW.terms_id, NEW.conditions)
        OR OLD.reply_by IS DISTINCT FROM NEW.reply_by AND (NEW.answered_at IS NULL) IS NOT TRUE
        OR (OLD.answered_by_id, OLD.answered_at) IS DISTINCT FROM (NEW.answered_by_id, NEW.answered_at) AND (OLD.answered_by_id IS NULL AND OLD.answered_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON funding_offer
    FOR EACH ROW
    WHEN ((NEW.answered_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_award BEFORE INSERT OR UPDATE ON funding_offer
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_award', 'award_id',
        'NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key) OR ($1).id IS NOT NULL AND CASE WHEN ($2).answered_at IS NULL THEN parent.state = ''offered'' ELSE parent.state IN (''accepted'', ''declined'') END', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_claim
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_payment BEFORE INSERT ON funding_claim
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_payment', 'payment_id',
        'parent.state IN (''planned'', ''refused'')', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON funding_grantfile
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON funding_grantfile
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.report_id, OLD.document_id) IS DISTINCT FROM (NEW.id, NEW.key, NEW.report_id, NEW.document_id)
        OR (OLD.claim_id, OLD.sent_at) IS DISTINCT FROM (NEW.claim_id, NEW.sent_at) AND (OLD.sent_at IS NULL AND OLD.removed_at IS NULL AND NEW.sent_at IS NOT NULL) IS NOT TRUE
        OR OLD.payment_id IS DISTINCT FROM NEW.payment_id AND (OLD.sent_at IS NULL) IS NOT TRUE
        OR OLD.removed_at IS DISTINCT FROM NEW.removed_at AND (OLD.sent_at IS NULL AND OLD.removed_at IS NULL AND NEW.removed_at IS NOT NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON funding_grantfile
    FOR EACH ROW
    WHEN ((NEW.sent_at IS NULL AND NEW.removed_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_payment BEFORE INSERT OR UPDATE ON funding_grantfile
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_payment', 'payment_id',
        'parent.state IN (''planned'', ''refused'')', 'FOR SHARE OF parent');
CREATE TRIGGER guard_within_report BEFORE INSERT OR UPDATE ON funding_grantfile
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_monitoringreport', 'report_id',
        'parent.handed_in_at IS NULL', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON funding_monitoringreport
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON funding_monitoringreport
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.award_id, OLD.period, OLD.due_on) IS DISTINCT FROM (NEW.id, NEW.key, NEW.award_id, NEW.period, NEW.due_on)
        OR (OLD.progress, OLD.spent, OLD.handed_in_by_id, OLD.handed_in_at) IS DISTINCT FROM (NEW.progress, NEW.spent, NEW.handed_in_by_id, NEW.handed_in_at) AND (OLD.handed_in_at IS NULL AND NEW.handed_in_at IS NOT NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON funding_monitoringreport
    FOR EACH ROW
    WHEN ((NEW.handed_in_at IS NULL AND NEW.progress = '' AND NEW.spent IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
"""
NEW_TABLES_OFF = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM funding_claim) OR EXISTS (SELECT FROM funding_grantfile) OR EXISTS (SELECT FROM funding_offer) OR EXISTS (SELECT FROM funding_terms) THEN
        RAISE EXCEPTION 'There are rows that the log states: without their tables they would be gone';
    END IF;
END $$;
SELECT audit_unguard('funding_decision', 'funding_terms', 'funding_offer', 'funding_claim', 'funding_grantfile', 'funding_monitoringreport');
DROP TRIGGER audit_note ON funding_claim;
DROP FUNCTION audit_note_funding_claim();
DROP FUNCTION audit_facts_funding_claim(funding_claim);
DROP TRIGGER audit_note ON funding_grantfile;
DROP FUNCTION audit_note_funding_grantfile();
DROP FUNCTION audit_facts_funding_grantfile(funding_grantfile);
DROP TRIGGER audit_note ON funding_offer;
DROP FUNCTION audit_note_funding_offer();
DROP FUNCTION audit_facts_funding_offer(funding_offer);
DROP TRIGGER audit_note ON funding_terms;
DROP FUNCTION audit_note_funding_terms();
DROP FUNCTION audit_facts_funding_terms(funding_terms);
"""
FORMER_GUARDS = """
CREATE OR REPLACE FUNCTION audit_facts_funding_decision(r funding_decision)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'bid_id', r.bid_id,
        'verdict', r.verdict,
        'reason', audit_digest(r.reason),
        'departs_from_advice', r.departs_from_advice,
        'overspend_reason', audit_digest(r.overspend_reason),
        'overspend_by', r.overspend_by,
        'decided_by_id', r.decided_by_id,
        'decided_at', audit_moment(r.decided_at))
$$;
CREATE OR REPLACE FUNCTION audit_facts_funding_monitoringreport(r funding_monitoringreport)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'award_id', r.award_id,
        'period', audit_digest(r.period),
        'due_on', r.due_on,
        'progress', audit_digest(r.progress),
        'handed_in_by_id', r.handed_in_by_id,
        'handed_in_at', audit_moment(r.handed_in_at))
$$;
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_decision
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_bid BEFORE INSERT ON funding_decision
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'parent.state = ''with_minister''', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON funding_monitoringreport
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON funding_monitoringreport
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.award_id, OLD.period, OLD.due_on) IS DISTINCT FROM (NEW.id, NEW.key, NEW.award_id, NEW.period, NEW.due_on)
        OR (OLD.progress, OLD.handed_in_by_id, OLD.handed_in_at) IS DISTINCT FROM (NEW.progress, NEW.handed_in_by_id, NEW.handed_in_at) AND (OLD.handed_in_at IS NULL AND NEW.handed_in_at IS NOT NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON funding_monitoringreport
    FOR EACH ROW
    WHEN ((NEW.handed_in_at IS NULL AND NEW.progress = '') IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
"""
STATE_EXISTING = """
DO $$
DECLARE of_log bigint;
BEGIN
    -- The log states the rows from before with the columns that they have now.
    IF EXISTS (SELECT FROM funding_decision) OR EXISTS (SELECT FROM funding_monitoringreport) THEN
        INSERT INTO audit_chain (kind, length, head, stage)
        VALUES ('service', 0, repeat('0', 64), '') RETURNING id INTO of_log;
        PERFORM audit_state_existing('funding_decision', of_log);
        PERFORM audit_state_existing('funding_monitoringreport', of_log);
    END IF;
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0007_rows_without_a_parent'),
        ('bids', '0041_reconsiderations'),
        ('documents', '0002_baseline_triggers'),
        ('funding', '0022_historic_reports'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(GUARDS_OFF, FORMER_GUARDS + STATE_EXISTING),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('CLM'), editable=False, max_length=20, unique=True)),
                ('spent', innovation.core.money.MoneyField()),
                ('note', innovation.core.fields.Text(blank=True, max_length=100000)),
                ('sent_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['sent_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='GrantDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('values', innovation.core.fields.Json(default=dict, most=1000000)),
                ('saved_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='GrantFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('GRF'), editable=False, max_length=20, unique=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('conditions', innovation.core.fields.Text(blank=True, max_length=100000)),
                ('reply_by', models.DateField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['reply_by', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Terms',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('TRM'), editable=False, max_length=20, unique=True)),
                ('version', models.PositiveSmallIntegerField()),
                ('text', innovation.core.fields.Text(max_length=100000)),
                ('published_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['-version', '-id'],
            },
        ),
        migrations.AlterModelOptions(
            name='decision',
            options={'ordering': ['decided_at', 'id']},
        ),
        migrations.AddField(
            model_name='decision',
            name='reconsideration',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='bids.reconsideration'),
        ),
        migrations.AddField(
            model_name='monitoringreport',
            name='spent',
            field=innovation.core.money.MoneyField(blank=True, help_text='Of the whole grant, so far.', null=True),
        ),
        migrations.AlterField(
            model_name='decision',
            name='bid',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='bids.bid'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(fields=('bid', 'reconsideration'), name='decision_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='monitoringreport',
            constraint=models.CheckConstraint(condition=models.Q(('spent__isnull', True), ('spent__gte', 0), _connector='OR'), name='monitoring_spent_not_negative'),
        ),
        migrations.AddField(
            model_name='claim',
            name='payment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='funding.payment'),
        ),
        migrations.AddField(
            model_name='claim',
            name='sent_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='grantdraft',
            name='payment',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='draft', to='funding.payment'),
        ),
        migrations.AddField(
            model_name='grantdraft',
            name='report',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='draft', to='funding.monitoringreport'),
        ),
        migrations.AddField(
            model_name='grantdraft',
            name='saved_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='grantfile',
            name='claim',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='files', to='funding.claim'),
        ),
        migrations.AddField(
            model_name='grantfile',
            name='document',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='grant_file', to='documents.document'),
        ),
        migrations.AddField(
            model_name='grantfile',
            name='payment',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='files', to='funding.payment'),
        ),
        migrations.AddField(
            model_name='grantfile',
            name='report',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='files', to='funding.monitoringreport'),
        ),
        migrations.AddField(
            model_name='offer',
            name='answered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='offer',
            name='award',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='offer', to='funding.award'),
        ),
        migrations.AddField(
            model_name='terms',
            name='published_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='terms',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='bids.round'),
        ),
        migrations.AddField(
            model_name='offer',
            name='terms',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='funding.terms'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('spent__gte', 0)), name='claim_spent_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='grantdraft',
            constraint=models.CheckConstraint(condition=models.Q(('payment__isnull', True), ('report__isnull', True), _connector='XOR'), name='grant_draft_of_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='grantfile',
            constraint=models.CheckConstraint(condition=models.Q(('payment__isnull', True), ('report__isnull', True), _connector='OR'), name='grant_file_of_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='grantfile',
            constraint=models.CheckConstraint(condition=models.Q(('sent_at__isnull', True), ('removed_at__isnull', True), _connector='OR'), name='grant_file_sent_or_removed'),
        ),
        migrations.AddConstraint(
            model_name='grantfile',
            constraint=models.CheckConstraint(condition=models.Q(('claim__isnull', True), models.Q(('payment__isnull', False), ('sent_at__isnull', False)), _connector='OR'), name='grant_file_of_claim_was_sent'),
        ),
        migrations.AddConstraint(
            model_name='terms',
            constraint=models.UniqueConstraint(fields=('round', 'version'), name='terms_version_once'),
        ),
        migrations.AddConstraint(
            model_name='terms',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='terms_say_something'),
        ),
        migrations.AddIndex(
            model_name='offer',
            index=models.Index(models.F('reply_by'), models.F('id'), condition=models.Q(('answered_at__isnull', True)), name='offer_waiting'),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='offer_answered'),
        ),
        migrations.RunSQL(GUARDS, NEW_TABLES_OFF),
        migrations.RunSQL(STATE_EXISTING, migrations.RunSQL.noop),
    ]
