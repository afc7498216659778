"""Drop the index of the bid of a support need: one with its kind begins with it."""

from django.db import migrations

DROP = r"""
DO $$
DECLARE
    spare text;
BEGIN
    FOR spare IN
        SELECT indexname FROM pg_indexes
        WHERE schemaname = 'public' AND tablename = 'bids_supportneed'
          AND indexname LIKE 'bids\_supportneed\_bid\_id\_%'
    LOOP
        EXECUTE format('DROP INDEX %I', spare);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("bids", "0057_living_barriers")]
    operations = [migrations.RunSQL(DROP, migrations.RunSQL.noop)]
