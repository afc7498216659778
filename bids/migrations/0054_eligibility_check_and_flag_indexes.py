"""Drop the second index of the key of checks and flags: nothing searches it by LIKE."""

from django.db import migrations

DROP = r"""
DO $$
DECLARE
    spare text;
BEGIN
    FOR spare IN
        SELECT indexname FROM pg_indexes
        WHERE schemaname = 'public' AND tablename IN (
            'bids_eligibilitycheck', 'bids_checkresult', 'bids_flag')
          AND indexname LIKE 'bids\_%\_key\_%\_like'
    LOOP
        EXECUTE format('DROP INDEX %I', spare);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("bids", "0053_eligibility_checks_and_flags")]
    operations = [migrations.RunSQL(DROP, migrations.RunSQL.noop)]
