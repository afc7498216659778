"""Drop the second index of the keys of claims, files and terms: nothing searches them by
LIKE. The versions of a round's terms are found by another index.
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
          AND tablename IN ('funding_claim', 'funding_grantfile', 'funding_terms')
          AND (indexname LIKE '%\_key\_%\_like'
            OR indexname LIKE 'funding\_terms\_round\_id\_%')
    LOOP
        EXECUTE format('DROP INDEX %I', spare);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("funding", "0023_offers_and_claims")]
    operations = [migrations.RunSQL(DROP, migrations.RunSQL.noop)]
