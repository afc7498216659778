"""Drop the second index of the key of a barrier: nothing searches it by LIKE."""

from django.db import migrations

DROP = r"""
DO $$
DECLARE
    spare text;
BEGIN
    FOR spare IN
        SELECT indexname FROM pg_indexes
        WHERE schemaname = 'public' AND tablename = 'bids_barrierentry'
          AND indexname LIKE 'bids\_barrierentry\_key\_%\_like'
    LOOP
        EXECUTE format('DROP INDEX %I', spare);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("bids", "0059_barrier_register")]
    operations = [migrations.RunSQL(DROP, migrations.RunSQL.noop)]
