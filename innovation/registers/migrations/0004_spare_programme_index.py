"""Drop the second index of the key of a programme: nothing searches it by LIKE."""

from django.db import migrations

DROP = r"""
DO $$
DECLARE
    spare text;
BEGIN
    FOR spare IN
        SELECT indexname FROM pg_indexes
        WHERE schemaname = 'public' AND tablename = 'registers_programme'
          AND indexname LIKE 'registers\_programme\_key\_%\_like'
    LOOP
        EXECUTE format('DROP INDEX %I', spare);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("registers", "0003_programmes")]
    operations = [migrations.RunSQL(DROP, migrations.RunSQL.noop)]
