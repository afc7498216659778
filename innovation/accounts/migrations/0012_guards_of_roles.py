"""The guards of roles: see `innovation.accounts.guards`."""

from django.db import migrations

FORWARD = """
SELECT audit_unguard('accounts_rolegrant');
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
CREATE TRIGGER guard_within_given BEFORE INSERT ON accounts_rolegrant
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('accounts_rolerequest', 'given_id',
        'parent.state = ''done'' AND parent.change = ''give'' AND (parent.user_id, parent.role) = (($2).user_id, ($2).role)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_within_taken BEFORE INSERT OR UPDATE ON accounts_rolegrant
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('accounts_rolerequest', 'taken_id',
        'parent.state = ''done'' AND parent.change = ''take'' AND (parent.user_id, parent.role) = (($2).user_id, ($2).role)', 'FOR SHARE OF parent');

DROP TRIGGER role_follows_request ON accounts_rolegrant;
DROP FUNCTION accounts_role_follows_request();
"""
BACKWARD = """
SELECT audit_unguard('accounts_rolegrant');
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

CREATE FUNCTION accounts_role_follows_request() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    -- The request holds who asked and who confirmed: two people, neither the holder.
    IF NEW.given_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM accounts_rolerequest WHERE id = NEW.given_id AND state = 'done'
            AND change = 'give' AND user_id = NEW.user_id AND role = NEW.role)
    OR NEW.taken_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM accounts_rolerequest WHERE id = NEW.taken_id AND state = 'done'
            AND change = 'take' AND user_id = NEW.user_id AND role = NEW.role) THEN
        RAISE EXCEPTION 'A role follows from a request that was done'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER role_follows_request BEFORE INSERT OR UPDATE ON accounts_rolegrant
    FOR EACH ROW EXECUTE FUNCTION accounts_role_follows_request();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0011_evidence"),
        ("audit", "0005_hold_the_parent_first"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
