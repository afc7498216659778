"""Requests to sign an expression or a bid."""

import django.db.models.deletion
import innovation.core.fields
import innovation.core.keys
from django.conf import settings
from django.db import migrations, models


EVIDENCE_AND_GUARDS = """
CREATE OR REPLACE FUNCTION audit_facts_bids_signaturerequest(r bids_signaturerequest)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'expression_id', r.expression_id,
        'bid_id', r.bid_id,
        'asked_of_id', r.asked_of_id,
        'invitation_id', r.invitation_id,
        'asked_by_id', r.asked_by_id,
        'asked_at', audit_moment(r.asked_at),
        'state', r.state,
        'answered_at', audit_moment(r.answered_at),
        'signature_id', r.signature_id,
        'reason', audit_digest(r.reason))
$$;
CREATE OR REPLACE FUNCTION audit_note_bids_signaturerequest() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_signaturerequest;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_signaturerequest(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_signaturerequest(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_expression WHERE id = r.expression_id),
        (SELECT chain_id FROM bids_bid WHERE id = r.bid_id),
        0),
        'bids_signaturerequest', r.id, stated);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION audit_note_bids_signaturerequest() FROM PUBLIC;
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_signaturerequest
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_signaturerequest();
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON bids_signaturerequest
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_signaturerequest
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.expression_id, OLD.bid_id, OLD.asked_of_id, OLD.invitation_id, OLD.asked_by_id, OLD.asked_at) IS DISTINCT FROM (NEW.id, NEW.key, NEW.expression_id, NEW.bid_id, NEW.asked_of_id, NEW.invitation_id, NEW.asked_by_id, NEW.asked_at)
        OR (OLD.state, OLD.answered_at, OLD.signature_id, OLD.reason) IS DISTINCT FROM (NEW.state, NEW.answered_at, NEW.signature_id, NEW.reason) AND (OLD.state = 'waiting') IS NOT TRUE
        OR OLD.reminded_at IS DISTINCT FROM NEW.reminded_at AND (OLD.state = 'waiting') IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON bids_signaturerequest
    FOR EACH ROW
    WHEN ((NEW.state = 'waiting') IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_expression BEFORE INSERT ON bids_signaturerequest
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_expression', 'expression_id',
        'parent.state = ''draft'' OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_within_bid BEFORE INSERT ON bids_signaturerequest
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_bid', 'bid_id',
        'parent.state IN (''in_development'', ''returned'') OR NOT EXISTS (SELECT FROM audit_event WHERE subject = parent.key)', 'FOR SHARE OF parent');
"""
DROP = """
DROP TRIGGER audit_note ON bids_signaturerequest;
DROP FUNCTION audit_note_bids_signaturerequest();
DROP FUNCTION audit_facts_bids_signaturerequest(bids_signaturerequest);
SELECT audit_unguard('bids_signaturerequest');
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0016_invitations_in_one_letter'),
        ('audit', '0007_rows_without_a_parent'),
        ('bids', '0036_raw_input_of_answer_versions'),
        ('organisations', '0006_guard_of_organisations'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SignatureRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('SGR'), editable=False, max_length=20, unique=True)),
                ('asked_at', models.DateTimeField()),
                ('reminded_at', models.DateTimeField(blank=True, null=True)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('signed', 'Signed'), ('declined', 'Declined'), ('taken_back', 'Taken back'), ('passed_on', 'Passed on')], default='waiting', max_length=12)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('reason', innovation.core.fields.Text(blank=True, help_text='Why it was declined.', max_length=100000)),
            ],
            options={
                'ordering': ['-asked_at', '-id'],
            },
        ),
        migrations.AddField(
            model_name='signaturerequest',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='signaturerequest',
            name='asked_of',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='signaturerequest',
            name='bid',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='signature_requests', to='bids.bid'),
        ),
        migrations.AddField(
            model_name='signaturerequest',
            name='expression',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='signature_requests', to='bids.expression'),
        ),
        migrations.AddField(
            model_name='signaturerequest',
            name='invitation',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='signature_requests', to='accounts.invitation'),
        ),
        migrations.AddField(
            model_name='signaturerequest',
            name='signature',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='bids.signature'),
        ),
        migrations.AddConstraint(
            model_name='signaturerequest',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'signed', 'declined', 'taken_back', 'passed_on'])), name='signature_request_state'),
        ),
        migrations.AddConstraint(
            model_name='signaturerequest',
            constraint=models.CheckConstraint(condition=models.Q(('expression__isnull', True), ('bid__isnull', True), _connector='XOR'), name='signature_request_of_one_case'),
        ),
        migrations.AddConstraint(
            model_name='signaturerequest',
            constraint=models.CheckConstraint(condition=models.Q(('asked_of__isnull', True), ('invitation__isnull', True), _connector='XOR'), name='signature_request_of_one_person'),
        ),
        migrations.AddConstraint(
            model_name='signaturerequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='signature_request_ends_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='signaturerequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('signature__isnull', False), ('state', 'signed')), models.Q(models.Q(('state', 'signed'), _negated=True), ('signature__isnull', True)), _connector='OR'), name='signature_request_signed'),
        ),
        migrations.AddConstraint(
            model_name='signaturerequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'declined'), models.Q(('reason', ''), _negated=True)), models.Q(models.Q(('state', 'declined'), _negated=True), ('reason', '')), _connector='OR'), name='signature_request_declined_because'),
        ),
        migrations.AddConstraint(
            model_name='signaturerequest',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('expression', 'asked_of'), name='signature_request_of_expression_once'),
        ),
        migrations.AddConstraint(
            model_name='signaturerequest',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('bid', 'asked_of'), name='signature_request_of_bid_once'),
        ),
        migrations.RunSQL(EVIDENCE_AND_GUARDS, DROP),
    ]
