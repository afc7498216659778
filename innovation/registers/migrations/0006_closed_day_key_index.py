"""Drops the second index of the key, for `LIKE`, which nothing uses."""

from django.db import migrations

DROP = r"""
DO $$
DECLARE
    spare text;
BEGIN
    FOR spare IN
        SELECT indexname FROM pg_indexes
        WHERE schemaname = 'public' AND tablename = 'registers_closedday'
          AND indexname LIKE 'registers\_closedday\_key\_%\_like'
    LOOP
        EXECUTE format('DROP INDEX %I', spare);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("registers", "0005_closed_days")]
    operations = [migrations.RunSQL(DROP, migrations.RunSQL.noop)]
