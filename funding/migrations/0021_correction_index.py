"""Drop the second index of the key of a correction: nothing searches it by LIKE."""

from django.db import migrations

DROP = r"""
DO $$
DECLARE
    spare text;
BEGIN
    FOR spare IN
        SELECT indexname FROM pg_indexes
        WHERE schemaname = 'public' AND tablename = 'funding_correction'
          AND indexname LIKE 'funding\_correction\_key\_%\_like'
    LOOP
        EXECUTE format('DROP INDEX %I', spare);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("funding", "0020_corrections")]
    operations = [migrations.RunSQL(DROP, migrations.RunSQL.noop)]
