"""Carry over the roles held so far, and guard what is recorded of roles.

Who gave a role before is not known here: the person's chain of events may say it.
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION accounts_role_request_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.state <> 'waiting'
        OR (NEW.key, NEW.user_id, NEW.role, NEW.change, NEW.reason, NEW.starts_at,
            NEW.ends_at, NEW.asked_by_id, NEW.asked_at)
        IS DISTINCT FROM
           (OLD.key, OLD.user_id, OLD.role, OLD.change, OLD.reason, OLD.starts_at,
            OLD.ends_at, OLD.asked_by_id, OLD.asked_at) THEN
        RAISE EXCEPTION 'A request for a role is only ever answered, once'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION accounts_role_grant_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'What somebody held is not deleted'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'UPDATE' AND (OLD.ended_at IS NOT NULL
        OR (NEW.key, NEW.user_id, NEW.role, NEW.origin, NEW.given_id, NEW.reason,
            NEW.starts_at, NEW.ends_at)
        IS DISTINCT FROM
           (OLD.key, OLD.user_id, OLD.role, OLD.origin, OLD.given_id, OLD.reason,
            OLD.starts_at, OLD.ends_at)) THEN
        RAISE EXCEPTION 'What somebody held only ever begins and ends'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
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

CREATE TRIGGER accounts_role_request_guard BEFORE UPDATE OR DELETE
    ON accounts_rolerequest FOR EACH ROW
    EXECUTE FUNCTION accounts_role_request_guard();
CREATE TRIGGER accounts_role_grant_guard BEFORE INSERT OR UPDATE OR DELETE
    ON accounts_rolegrant FOR EACH ROW EXECUTE FUNCTION accounts_role_grant_guard();
"""
UNGUARD = """
DROP TRIGGER accounts_role_request_guard ON accounts_rolerequest;
DROP TRIGGER accounts_role_grant_guard ON accounts_rolegrant;
DROP FUNCTION accounts_role_request_guard(); DROP FUNCTION accounts_role_grant_guard();
"""


def carry_over(apps, schema_editor):
    User = apps.get_model("accounts", "User")
    RoleGrant = apps.get_model("accounts", "RoleGrant")
    people = User.objects.exclude(roles=[]).only("roles", "date_joined")
    RoleGrant.objects.bulk_create(
        (
            RoleGrant(
                user=person,
                role=role,
                origin="carried_over",
                starts_at=person.date_joined,
                begun_at=person.date_joined,
            )
            for person in people.iterator()
            for role in person.roles
        ),
        batch_size=1000,
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_role_grants")]
    operations = [
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
