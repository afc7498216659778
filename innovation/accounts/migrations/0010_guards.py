"""What the database refuses of this app’s evidence, whoever asks: the triggers of
`guards`, as it was when this was written.
"""

from django.conf import settings
from django.db import migrations, models

GUARDS = """
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON accounts_user
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_delete BEFORE DELETE ON accounts_user
    FOR EACH ROW
    WHEN ((OLD.last_login IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON accounts_user
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.chain_id, OLD.date_joined, OLD.demonstration) IS DISTINCT FROM (NEW.id, NEW.key, NEW.chain_id, NEW.date_joined, NEW.demonstration)
        OR OLD.session_epoch IS DISTINCT FROM NEW.session_epoch AND (NEW.session_epoch > OLD.session_epoch) IS NOT TRUE
        OR OLD.declared_interest IS DISTINCT FROM NEW.declared_interest AND (NEW.declared_interest) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON accounts_rolerequest
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON accounts_rolerequest
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.user_id, OLD.role, OLD.change, OLD.reason, OLD.starts_at, OLD.ends_at, OLD.asked_by_id, OLD.asked_at) IS DISTINCT FROM (NEW.id, NEW.key, NEW.user_id, NEW.role, NEW.change, NEW.reason, NEW.starts_at, NEW.ends_at, NEW.asked_by_id, NEW.asked_at)
        OR (OLD.state, OLD.answered_by_id, OLD.answered_at, OLD.answer) IS DISTINCT FROM (NEW.state, NEW.answered_by_id, NEW.answered_at, NEW.answer) AND (OLD.state = 'waiting') IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON accounts_rolerequest
    FOR EACH ROW
    WHEN ((NEW.state = 'waiting') IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON accounts_rolegrant
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_delete BEFORE DELETE ON accounts_rolegrant
    FOR EACH ROW
    WHEN ((OLD.origin = 'joined') IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON accounts_rolegrant
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.user_id, OLD.role, OLD.origin, OLD.given_id, OLD.reason, OLD.starts_at, OLD.ends_at) IS DISTINCT FROM (NEW.id, NEW.key, NEW.user_id, NEW.role, NEW.origin, NEW.given_id, NEW.reason, NEW.starts_at, NEW.ends_at)
        OR OLD.begun_at IS DISTINCT FROM NEW.begun_at AND (OLD.begun_at IS NULL AND OLD.ended_at IS NULL) IS NOT TRUE
        OR OLD.warned_at IS DISTINCT FROM NEW.warned_at AND (OLD.warned_at IS NULL AND OLD.ended_at IS NULL) IS NOT TRUE
        OR (OLD.ended_at, OLD.taken_id) IS DISTINCT FROM (NEW.ended_at, NEW.taken_id) AND (OLD.ended_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_user BEFORE DELETE ON accounts_rolegrant
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('accounts_user', 'user_id',
        'parent.last_login IS NULL', 'FOR SHARE OF parent');
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
SELECT audit_unguard('accounts_user', 'accounts_rolerequest', 'accounts_rolegrant', 'accounts_invitation', 'accounts_membership', 'accounts_apitoken');
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_guards"), ("accounts", "0009_role_records")]
    operations = [
        migrations.RunSQL(GUARDS, GUARDS_GONE),
        # Tokens are evidence: nobody who had one is forgotten.
        migrations.AlterField(
            model_name="apitoken",
            name="user",
            field=models.ForeignKey(
                on_delete=models.PROTECT,
                related_name="api_tokens",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
