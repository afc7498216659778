"""The functions and triggers of this app’s tables, as the migrations left them that
this and `0001_baseline` replace: written by hand, by `write_triggers` and from `guards`.
"""

from django.db import migrations

ONE_LINE = {
    "notifications_letter": "title",
    "notifications_postedletter": "title",
}
"""Columns whose check got this name when it was added to a table that stood."""
TRIGGERS = """
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


class Migration(migrations.Migration):
    replaces = [("notifications", "0006_guards")]
    dependencies = [("notifications", "0001_baseline"), ("audit", "0002_baseline_triggers")]
    operations = [
        *(
            migrations.RunSQL(
                f"ALTER TABLE {table} RENAME CONSTRAINT"
                f" {table}_{column}_check TO {table}_{column}_one_line"
            )
            for table, columns in ONE_LINE.items()
            for column in columns.split()
        ),
        migrations.RunSQL(TRIGGERS),
    ]
