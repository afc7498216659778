"""Drop the second indexes of the key and the council of facts: nothing searches them by
LIKE.
"""

from django.db import migrations

DROP = r"""
DO $$
DECLARE
    spare text;
BEGIN
    FOR spare IN
        SELECT indexname FROM pg_indexes
        WHERE schemaname = 'public'
          AND tablename = 'organisations_councilfact'
          AND indexname LIKE '%\_like'
    LOOP
        EXECUTE format('DROP INDEX %I', spare);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("organisations", "0007_council_facts")]
    operations = [migrations.RunSQL(DROP, migrations.RunSQL.noop)]
