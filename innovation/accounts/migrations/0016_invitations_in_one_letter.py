"""Invitations can be reminded of, and hand over to somebody who takes over."""

from django.db import migrations, models

GUARDS_OFF = "SELECT audit_unguard('accounts_invitation');"
GUARDS = """
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON accounts_invitation
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON accounts_invitation
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.organisation_id, OLD.email, OLD.name, OLD.standing, OLD.office, OLD.invited_by_id, OLD.invited_at, OLD.hands_over) IS DISTINCT FROM (NEW.id, NEW.key, NEW.organisation_id, NEW.email, NEW.name, NEW.standing, NEW.office, NEW.invited_by_id, NEW.invited_at, NEW.hands_over)
        OR (OLD.ended_at, OLD.accepted_by_id, OLD.reminded_at) IS DISTINCT FROM (NEW.ended_at, NEW.accepted_by_id, NEW.reminded_at) AND (OLD.ended_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON accounts_invitation
    FOR EACH ROW
    WHEN ((NEW.ended_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
"""
FORMER_GUARDS = """
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON accounts_invitation
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON accounts_invitation
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.organisation_id, OLD.email, OLD.name, OLD.standing, OLD.office, OLD.invited_by_id, OLD.invited_at) IS DISTINCT FROM (NEW.id, NEW.key, NEW.organisation_id, NEW.email, NEW.name, NEW.standing, NEW.office, NEW.invited_by_id, NEW.invited_at)
        OR (OLD.ended_at, OLD.accepted_by_id) IS DISTINCT FROM (NEW.ended_at, NEW.accepted_by_id) AND (OLD.ended_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON accounts_invitation
    FOR EACH ROW
    WHEN ((NEW.ended_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0015_search_people"),
        ("audit", "0007_rows_without_a_parent"),
    ]

    operations = [
        migrations.RunSQL(GUARDS_OFF, FORMER_GUARDS),
        migrations.AddField(
            model_name="invitation",
            name="hands_over",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="invitation",
            name="reminded_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunSQL(GUARDS, GUARDS_OFF),
    ]
