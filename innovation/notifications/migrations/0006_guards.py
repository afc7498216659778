"""What the database refuses of this app’s evidence, whoever asks: the triggers of
`guards`, as it was when this was written.
"""

from django.db import migrations

GUARDS = """
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON notifications_letter
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_delete BEFORE DELETE ON notifications_letter
    FOR EACH ROW
    WHEN ((OLD.kind = 'account' AND OLD.state <> 'leased') IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON notifications_letter
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.kind, OLD.recipient_id, OLD.address, OLD.chain_id, OLD.subject_reference, OLD.facts, OLD.reference, OLD.put_at) IS DISTINCT FROM (NEW.id, NEW.key, NEW.kind, NEW.recipient_id, NEW.address, NEW.chain_id, NEW.subject_reference, NEW.facts, NEW.reference, NEW.put_at)
        OR (OLD.state, OLD.title, OLD.text, OLD.failures, OLD.not_before, OLD.sent_at, OLD.last_error, OLD.attempts, OLD.lease_until) IS DISTINCT FROM (NEW.state, NEW.title, NEW.text, NEW.failures, NEW.not_before, NEW.sent_at, NEW.last_error, NEW.attempts, NEW.lease_until) AND (OLD.state NOT IN ('sent', 'withheld')) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
"""
GUARDS_GONE = """
SELECT audit_unguard('notifications_letter');
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_guards"), ("notifications", "0005_one_line")]
    operations = [
        migrations.RunSQL(GUARDS, GUARDS_GONE),
    ]
