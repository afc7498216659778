"""Drop the second index of the key of a batch: nothing searches it by LIKE."""

from django.db import migrations

DROP = r"""
DO $$
DECLARE
    spare text;
BEGIN
    FOR spare IN
        SELECT indexname FROM pg_indexes
        WHERE schemaname = 'public' AND tablename = 'bids_batch'
          AND indexname LIKE 'bids\_batch\_key\_%\_like'
    LOOP
        EXECUTE format('DROP INDEX %I', spare);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("bids", "0051_batches")]
    operations = [migrations.RunSQL(DROP, migrations.RunSQL.noop)]
