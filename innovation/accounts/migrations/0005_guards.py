"""What the database refuses of this app’s evidence, whoever asks: the triggers of
`guards`, as it was when this was written.
"""

from django.db import migrations

GUARDS = """
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON accounts_user
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON accounts_user
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.chain_id, OLD.date_joined, OLD.demonstration) IS DISTINCT FROM (NEW.id, NEW.key, NEW.chain_id, NEW.date_joined, NEW.demonstration)
        OR OLD.declared_interest IS DISTINCT FROM NEW.declared_interest AND (NEW.declared_interest) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON accounts_membership
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON accounts_membership
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.user_id, OLD.organisation_id, OLD.asked_at, OLD.job_title, OLD.said, OLD.claimed_scheme, OLD.claimed_number) IS DISTINCT FROM (NEW.id, NEW.key, NEW.user_id, NEW.organisation_id, NEW.asked_at, NEW.job_title, NEW.said, NEW.claimed_scheme, NEW.claimed_number)
        OR (OLD.confirmed_at, OLD.confirmed_by) IS DISTINCT FROM (NEW.confirmed_at, NEW.confirmed_by) AND (OLD.confirmed_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON accounts_apitoken
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON accounts_apitoken
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.user_id, OLD.name, OLD.digest, OLD.scopes, OLD.created_at, OLD.expires_at) IS DISTINCT FROM (NEW.id, NEW.key, NEW.user_id, NEW.name, NEW.digest, NEW.scopes, NEW.created_at, NEW.expires_at)
        OR OLD.revoked_at IS DISTINCT FROM NEW.revoked_at AND (OLD.revoked_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON accounts_apitoken
    FOR EACH ROW
    WHEN ((NEW.revoked_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
"""
GUARDS_GONE = """
SELECT audit_unguard('accounts_user', 'accounts_membership', 'accounts_apitoken');
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_guards"), ("accounts", "0004_what_was_said")]
    operations = [
        migrations.RunSQL(GUARDS, GUARDS_GONE),
    ]
