"""Name the requests of a role grant, and how to check a membership, by nouns.

The constraints follow by themselves. The guards and functions name the columns, and the
log states them by name, so the rows are stated again.
"""

import django.db.models.deletion
from django.db import migrations, models

STATE_ROWS = """
DO $$
DECLARE
    carried bigint;
BEGIN
    IF EXISTS (SELECT FROM accounts_rolegrant)
    OR EXISTS (SELECT FROM accounts_membership) THEN
        INSERT INTO audit_chain (kind, length, head, stage)
        VALUES ('service', 0, repeat('0', 64), '') RETURNING id INTO carried;
        PERFORM audit_state_existing('accounts_rolegrant', carried);
        PERFORM audit_state_existing('accounts_membership', carried);
    END IF;
END $$;
"""
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
    WHEN ((OLD.id, OLD.key, OLD.user_id, OLD.role, OLD.origin, OLD.request_id, OLD.reason, OLD.starts_at, OLD.ends_at) IS DISTINCT FROM (NEW.id, NEW.key, NEW.user_id, NEW.role, NEW.origin, NEW.request_id, NEW.reason, NEW.starts_at, NEW.ends_at)
        OR OLD.begun_at IS DISTINCT FROM NEW.begun_at AND (OLD.begun_at IS NULL AND OLD.ended_at IS NULL) IS NOT TRUE
        OR OLD.warned_at IS DISTINCT FROM NEW.warned_at AND (OLD.warned_at IS NULL AND OLD.ended_at IS NULL) IS NOT TRUE
        OR (OLD.ended_at, OLD.ending_request_id) IS DISTINCT FROM (NEW.ended_at, NEW.ending_request_id) AND (OLD.ended_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_user BEFORE DELETE ON accounts_rolegrant
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('accounts_user', 'user_id',
        'parent.last_login IS NULL', 'FOR SHARE OF parent');
CREATE TRIGGER guard_within_request BEFORE INSERT ON accounts_rolegrant
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('accounts_rolerequest', 'request_id',
        'parent.state = ''done'' AND parent.change = ''give'' AND (parent.user_id, parent.role) = (($2).user_id, ($2).role)', 'FOR SHARE OF parent');
CREATE TRIGGER guard_within_ending_request BEFORE INSERT OR UPDATE ON accounts_rolegrant
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('accounts_rolerequest', 'ending_request_id',
        'parent.state = ''done'' AND parent.change = ''take'' AND (parent.user_id, parent.role) = (($2).user_id, ($2).role)', 'FOR SHARE OF parent');

CREATE OR REPLACE FUNCTION audit_facts_accounts_rolegrant(r accounts_rolegrant)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'user_id', r.user_id,
        'role', r.role,
        'origin', r.origin,
        'request_id', r.request_id,
        'reason', audit_digest(r.reason),
        'starts_at', audit_moment(r.starts_at),
        'ends_at', audit_moment(r.ends_at),
        'begun_at', audit_moment(r.begun_at),
        'ended_at', audit_moment(r.ended_at),
        'ending_request_id', r.ending_request_id)
$$;

CREATE OR REPLACE FUNCTION audit_facts_accounts_membership(r accounts_membership)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'user_id', r.user_id,
        'organisation_id', r.organisation_id,
        'standing', r.standing,
        'asked_at', audit_moment(r.asked_at),
        'confirmed_at', audit_moment(r.confirmed_at),
        'confirmed_by', r.confirmed_by,
        'office', r.office,
        'how_to_check', audit_digest(r.how_to_check),
        'claimed_scheme', audit_digest(r.claimed_scheme),
        'claimed_number', audit_digest(r.claimed_number))
$$;
"""
BACKWARD = FORWARD
for new, old in (
    ("ending_request", "taken"),
    ("within_request", "within_given"),
    ("request_id", "given_id"),
    ("how_to_check", "said"),
):
    BACKWARD = BACKWARD.replace(new, old)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0013_stable_order"),
        ("audit", "0007_rows_without_a_parent"),
    ]
    operations = [
        # Backward, this runs last.
        migrations.RunSQL(migrations.RunSQL.noop, BACKWARD + STATE_ROWS),
        migrations.RenameField("membership", "said", "how_to_check"),
        migrations.RunSQL(
            "ALTER TABLE accounts_membership RENAME CONSTRAINT accounts_membership_said_check TO accounts_membership_how_to_check_check",
            "ALTER TABLE accounts_membership RENAME CONSTRAINT accounts_membership_how_to_check_check TO accounts_membership_said_check",
        ),
        migrations.RenameField("rolegrant", "given", "request"),
        migrations.RenameField("rolegrant", "taken", "ending_request"),
        migrations.AlterField(
            "rolegrant",
            "ending_request",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ended_grants",
                to="accounts.rolerequest",
            ),
        ),
        migrations.AlterConstraint(
            "rolegrant",
            "role_grant_asked_for",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "request"), ("request__isnull", False)),
                    models.Q(
                        models.Q(("origin", "request"), _negated=True),
                        ("request__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="role_grant_asked_for",
            ),
        ),
        migrations.RunSQL(FORWARD + STATE_ROWS, migrations.RunSQL.noop),
    ]
