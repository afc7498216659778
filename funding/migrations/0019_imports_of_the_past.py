"""A second person confirms an import of the past; its file stays as evidence."""

import django.db.models.deletion
import innovation.core.fields
from django.conf import settings
from django.db import migrations, models


GUARDS_OFF = "SELECT audit_unguard('funding_award', 'funding_import', 'funding_importedcase');"
GUARDS = """
CREATE OR REPLACE FUNCTION audit_facts_funding_award(r funding_award)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'chain_id', r.chain_id,
        'bid_id', r.bid_id,
        'round_id', r.round_id,
        'title', audit_digest(r.title),
        'summary', audit_digest(r.summary),
        'lead_id', r.lead_id,
        'lead_as_published', audit_digest(r.lead_as_published),
        'focus_area', audit_digest(r.focus_area),
        'idea_type_id', r.idea_type_id,
        'idea_as_published', audit_digest(r.idea_as_published),
        'state', r.state,
        'amount', r.amount,
        'amount_precision', r.amount_precision,
        'amount_note', audit_digest(r.amount_note),
        'dated_on', r.dated_on,
        'date_precision', r.date_precision,
        'date_kind', audit_digest(r.date_kind),
        'announced_on', r.announced_on,
        'source', audit_digest(r.source),
        'confidence', audit_digest(r.confidence),
        'notes', audit_digest(r.notes),
        'follows_id', r.follows_id,
        'revised_on', r.revised_on,
        'demonstration', r.demonstration)
$$;
CREATE OR REPLACE FUNCTION audit_facts_funding_import(r funding_import)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'chain_id', r.chain_id,
        'file_name', audit_digest(r.file_name),
        'digest', r.digest,
        'state', r.state,
        'rows', r.rows,
        'expressions', r.expressions,
        'awards', r.awards,
        'unchanged', r.unchanged,
        'problems', audit_digest(r.problems::text),
        'notices', audit_digest(r.notices::text),
        'received_by_id', r.received_by_id,
        'received_at', audit_moment(r.received_at),
        'revises_past', r.revises_past,
        'sent_by_id', r.sent_by_id,
        'sent_at', audit_moment(r.sent_at),
        'declined_by_id', r.declined_by_id,
        'declined_at', audit_moment(r.declined_at),
        'declined_because', audit_digest(r.declined_because),
        'applied_by_id', r.applied_by_id,
        'applied_at', audit_moment(r.applied_at))
$$;
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
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON funding_import
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON funding_import
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.chain_id, OLD.file_name, OLD.digest, OLD.content, OLD.received_by_id, OLD.received_at) IS DISTINCT FROM (NEW.id, NEW.key, NEW.chain_id, NEW.file_name, NEW.digest, NEW.content, NEW.received_by_id, NEW.received_at)
        OR (OLD.rows, OLD.expressions, OLD.awards, OLD.unchanged, OLD.problems, OLD.notices, OLD.revises_past) IS DISTINCT FROM (NEW.rows, NEW.expressions, NEW.awards, NEW.unchanged, NEW.problems, NEW.notices, NEW.revises_past) AND (OLD.state IN ('checked', 'failed', 'waiting')) IS NOT TRUE
        OR (OLD.sent_by_id, OLD.sent_at) IS DISTINCT FROM (NEW.sent_by_id, NEW.sent_at) AND (OLD.state <> 'waiting' AND NEW.state = 'waiting') IS NOT TRUE
        OR (OLD.declined_by_id, OLD.declined_at, OLD.declined_because) IS DISTINCT FROM (NEW.declined_by_id, NEW.declined_at, NEW.declined_because) AND (OLD.state = 'waiting' AND NEW.state = 'declined') IS NOT TRUE
        OR (OLD.applied_by_id, OLD.applied_at) IS DISTINCT FROM (NEW.applied_by_id, NEW.applied_at) AND (OLD.state <> 'applied' AND NEW.state = 'applied') IS NOT TRUE
        OR OLD.state IS DISTINCT FROM NEW.state AND ((OLD.state, NEW.state) IN (('checked', 'applied'), ('checked', 'failed'), ('checked', 'refused'), ('checked', 'waiting'), ('failed', 'applied'), ('failed', 'refused'), ('failed', 'waiting'), ('waiting', 'applied'), ('waiting', 'declined'), ('waiting', 'failed'), ('waiting', 'refused'))) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON funding_import
    FOR EACH ROW
    WHEN ((NEW.state IN ('checked', 'refused') AND NEW.sent_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_importedcase
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_imported BEFORE INSERT ON funding_importedcase
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_import', 'imported_id',
        'parent.state IN (''checked'', ''failed'', ''waiting'')', 'FOR SHARE OF parent');
"""
FORMER_GUARDS = """
CREATE OR REPLACE FUNCTION audit_facts_funding_award(r funding_award)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'chain_id', r.chain_id,
        'bid_id', r.bid_id,
        'round_id', r.round_id,
        'title', audit_digest(r.title),
        'summary', audit_digest(r.summary),
        'lead_id', r.lead_id,
        'lead_as_published', audit_digest(r.lead_as_published),
        'focus_area', audit_digest(r.focus_area),
        'idea_type_id', r.idea_type_id,
        'idea_as_published', audit_digest(r.idea_as_published),
        'state', r.state,
        'amount', r.amount,
        'amount_precision', r.amount_precision,
        'amount_note', audit_digest(r.amount_note),
        'dated_on', r.dated_on,
        'date_precision', r.date_precision,
        'date_kind', audit_digest(r.date_kind),
        'announced_on', r.announced_on,
        'source', audit_digest(r.source),
        'confidence', audit_digest(r.confidence),
        'notes', audit_digest(r.notes),
        'follows_id', r.follows_id,
        'demonstration', r.demonstration)
$$;
CREATE OR REPLACE FUNCTION audit_facts_funding_import(r funding_import)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'chain_id', r.chain_id,
        'file_name', audit_digest(r.file_name),
        'digest', r.digest,
        'state', r.state,
        'rows', r.rows,
        'expressions', r.expressions,
        'awards', r.awards,
        'unchanged', r.unchanged,
        'problems', audit_digest(r.problems::text),
        'notices', audit_digest(r.notices::text),
        'received_by_id', r.received_by_id,
        'received_at', audit_moment(r.received_at),
        'applied_by_id', r.applied_by_id,
        'applied_at', audit_moment(r.applied_at))
$$;
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON funding_award
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON funding_award
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.chain_id, OLD.bid_id, OLD.round_id, OLD.title, OLD.summary, OLD.lead_id, OLD.lead_as_published, OLD.focus_area, OLD.idea_type_id, OLD.idea_as_published, OLD.amount, OLD.amount_precision, OLD.amount_note, OLD.dated_on, OLD.date_precision, OLD.date_kind, OLD.source, OLD.confidence, OLD.notes, OLD.follows_id, OLD.demonstration) IS DISTINCT FROM (NEW.id, NEW.key, NEW.chain_id, NEW.bid_id, NEW.round_id, NEW.title, NEW.summary, NEW.lead_id, NEW.lead_as_published, NEW.focus_area, NEW.idea_type_id, NEW.idea_as_published, NEW.amount, NEW.amount_precision, NEW.amount_note, NEW.dated_on, NEW.date_precision, NEW.date_kind, NEW.source, NEW.confidence, NEW.notes, NEW.follows_id, NEW.demonstration)
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
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON funding_import
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON funding_import
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.chain_id, OLD.file_name, OLD.digest, OLD.received_by_id, OLD.received_at) IS DISTINCT FROM (NEW.id, NEW.key, NEW.chain_id, NEW.file_name, NEW.digest, NEW.received_by_id, NEW.received_at)
        OR (OLD.rows, OLD.expressions, OLD.awards, OLD.unchanged, OLD.problems, OLD.notices) IS DISTINCT FROM (NEW.rows, NEW.expressions, NEW.awards, NEW.unchanged, NEW.problems, NEW.notices) AND (OLD.state IN ('checked', 'failed')) IS NOT TRUE
        OR OLD.content IS DISTINCT FROM NEW.content AND (NEW.content IS NULL) IS NOT TRUE
        OR (OLD.applied_by_id, OLD.applied_at) IS DISTINCT FROM (NEW.applied_by_id, NEW.applied_at) AND (OLD.state <> 'applied' AND NEW.state = 'applied') IS NOT TRUE
        OR OLD.state IS DISTINCT FROM NEW.state AND ((OLD.state, NEW.state) IN (('checked', 'applied'), ('checked', 'failed'), ('checked', 'refused'), ('failed', 'applied'), ('failed', 'refused'))) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON funding_import
    FOR EACH ROW
    WHEN ((NEW.state IN ('checked', 'refused')) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_importedcase
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_imported BEFORE INSERT ON funding_importedcase
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('funding_import', 'imported_id',
        'parent.state IN (''checked'', ''failed'')', 'FOR SHARE OF parent');
"""
STATE_EXISTING = """
DO $$
DECLARE of_log bigint;
BEGIN
    -- The log states the rows from before with the columns that they have now.
    IF EXISTS (SELECT FROM funding_award) OR EXISTS (SELECT FROM funding_import) THEN
        INSERT INTO audit_chain (kind, length, head, stage)
        VALUES ('service', 0, repeat('0', 64), '') RETURNING id INTO of_log;
        PERFORM audit_state_existing('funding_award', of_log);
        PERFORM audit_state_existing('funding_import', of_log);
    END IF;
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0007_rows_without_a_parent'),
        ('funding', '0018_amount_precision_not_stated'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(GUARDS_OFF, FORMER_GUARDS + STATE_EXISTING),
        migrations.RemoveConstraint(
            model_name='import',
            name='import_state',
        ),
        migrations.AddField(
            model_name='award',
            name='revised_on',
            field=models.DateField(blank=True, help_text='The last day it was added or corrected late.', null=True),
        ),
        migrations.AddField(
            model_name='import',
            name='declined_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='import',
            name='declined_because',
            field=innovation.core.fields.Text(blank=True, max_length=100000),
        ),
        migrations.AddField(
            model_name='import',
            name='declined_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='import',
            name='revises_past',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='import',
            name='sent_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='import',
            name='sent_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='import',
            name='state',
            field=models.CharField(choices=[('checked', 'Checked, can be applied'), ('waiting', 'Waiting for a second person'), ('declined', 'Refused by a second person'), ('refused', 'Has problems'), ('applied', 'Applied'), ('failed', 'Stopped')], max_length=10),
        ),
        migrations.AddConstraint(
            model_name='import',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['checked', 'waiting', 'declined', 'refused', 'applied', 'failed'])), name='import_state'),
        ),
        migrations.AddConstraint(
            model_name='import',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', True), ('sent_by__isnull', True)), models.Q(('sent_at__isnull', False), ('sent_by__isnull', False)), _connector='OR'), name='import_sent_by'),
        ),
        migrations.AddConstraint(
            model_name='import',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('declined_at__isnull', True), ('declined_by__isnull', True)), models.Q(('declined_at__isnull', False), ('declined_by__isnull', False)), _connector='OR'), name='import_declined_by'),
        ),
        migrations.AddConstraint(
            model_name='import',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('declined_at__isnull', False), ('state', 'declined'), models.Q(('declined_because', ''), _negated=True)), models.Q(models.Q(('state', 'declined'), _negated=True), ('declined_at__isnull', True)), _connector='OR'), name='import_declined_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='import',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['waiting', 'declined']), _negated=True), ('sent_at__isnull', False), _connector='OR'), name='import_waits_after_it_was_sent'),
        ),
        migrations.AddConstraint(
            model_name='import',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('revises_past', True), ('state', 'applied'), _negated=True), models.Q(('sent_by__isnull', False), models.Q(('applied_by', models.F('sent_by')), _negated=True)), _connector='OR'), name='import_of_the_past_takes_two_people'),
        ),
        migrations.RunSQL(GUARDS, GUARDS_OFF),
        migrations.RunSQL(STATE_EXISTING, migrations.RunSQL.noop),
    ]
