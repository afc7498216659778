from django.db import migrations

FORWARD = """
CREATE FUNCTION funding_interest_marks_member() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE accounts_user SET declared_interest = true
    WHERE id = NEW.member_id AND NOT declared_interest;
    RETURN NULL;
END $$;

CREATE TRIGGER funding_interest_marks_member
AFTER INSERT OR UPDATE OF member_id ON funding_interest
FOR EACH ROW EXECUTE FUNCTION funding_interest_marks_member();

UPDATE accounts_user SET declared_interest = true
WHERE id IN (SELECT member_id FROM funding_interest);
"""
BACKWARD = """
DROP TRIGGER funding_interest_marks_member ON funding_interest;
DROP FUNCTION funding_interest_marks_member();
"""


class Migration(migrations.Migration):
    """Whoever declared an interest is known by their own row: see `accounts.User`."""

    dependencies = [
        ("funding", "0002_imports"),
        ("accounts", "0003_declared_interest"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
