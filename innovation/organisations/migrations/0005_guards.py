"""What the database refuses of this app’s evidence, whoever asks: the triggers of
`guards`, as it was when this was written.
"""

from django.db import migrations

GUARDS = """
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON organisations_organisation
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON organisations_organisation
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.chain_id, OLD.demonstration) IS DISTINCT FROM (NEW.id, NEW.key, NEW.chain_id, NEW.demonstration))
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON organisations_identifier
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
"""
GUARDS_GONE = """
SELECT audit_unguard('organisations_organisation', 'organisations_identifier');
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_guards"), ("organisations", "0004_one_line")]
    operations = [
        migrations.RunSQL(GUARDS, GUARDS_GONE),
    ]
