"""Carry over the roles held so far, and hold each further one to its request.

Who gave a role before is not known here: the person's chain of events may say it.
"""

from django.db import migrations

GUARD = """
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
UNGUARD = """
DROP TRIGGER role_follows_request ON accounts_rolegrant;
DROP FUNCTION accounts_role_follows_request();
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
    dependencies = [("accounts", "0008_role_grants")]
    operations = [
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
