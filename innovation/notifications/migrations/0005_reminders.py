"""A letter can have a name that no other has, and a file that goes with it."""

import innovation.core.fields
from django.conf import settings
from django.db import migrations, models

GUARDS = """
SELECT audit_unguard('notifications_letter');
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON notifications_letter
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_delete BEFORE DELETE ON notifications_letter
    FOR EACH ROW
    WHEN ((OLD.kind = 'account' AND OLD.state <> 'leased') IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON notifications_letter
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.kind, OLD.recipient_id, OLD.address, OLD.chain_id, OLD.subject_reference, OLD.facts, OLD.reference, OLD.deduplication_key, OLD.put_at) IS DISTINCT FROM (NEW.id, NEW.key, NEW.kind, NEW.recipient_id, NEW.address, NEW.chain_id, NEW.subject_reference, NEW.facts, NEW.reference, NEW.deduplication_key, NEW.put_at)
        OR (OLD.state, OLD.title, OLD.text, OLD.failures, OLD.not_before, OLD.sent_at, OLD.last_error, OLD.attempts, OLD.lease_until) IS DISTINCT FROM (NEW.state, NEW.title, NEW.text, NEW.failures, NEW.not_before, NEW.sent_at, NEW.last_error, NEW.attempts, NEW.lease_until) AND (OLD.state NOT IN ('sent', 'withheld')) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
"""
FORMER_GUARDS = GUARDS.replace("OLD.deduplication_key, ", "").replace("NEW.deduplication_key, ", "")


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0007_rows_without_a_parent'),
        ('notifications', '0004_plainer_labels'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Backward, this runs last.
        migrations.RunSQL(migrations.RunSQL.noop, FORMER_GUARDS),
        migrations.AddField(
            model_name='letter',
            name='deduplication_key',
            field=models.CharField(blank=True, db_default='', default='', max_length=120),
        ),
        migrations.AddField(
            model_name='postedletter',
            name='files',
            field=innovation.core.fields.Json(db_default=[], default=list, most=1000000),
        ),
        migrations.AlterField(
            model_name='letter',
            name='state',
            field=models.CharField(choices=[('due', 'Due'), ('leased', 'Being sent'), ('sent', 'Sent'), ('in_doubt', 'In doubt'), ('failed', 'Failed'), ('withheld', 'Not sent: the recipient no longer needs or may read it')], default='due', max_length=10),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.UniqueConstraint(condition=models.Q(('deduplication_key', ''), _negated=True), fields=('deduplication_key',), name='letter_once'),
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
