"""Drop indexes that only cost writing: those whose columns another index begins with,
and Django's second ones for `LIKE`, which no query of the service needs.

The models do not say so, because Django makes both by itself for each key. The test
`tests/architecture/test_indexes.py` finds later ones.
"""

from django.db import migrations

DROP = """
DO $$
DECLARE
    spare record;
BEGIN
    FOR spare IN
        SELECT one.indexrelid::regclass AS name
        FROM pg_index AS one
        JOIN pg_class AS relation ON relation.oid = one.indexrelid
        JOIN pg_am AS method ON method.oid = relation.relam
        WHERE relation.relnamespace = 'public'::regnamespace
          AND method.amname = 'btree' AND NOT one.indisunique
          AND one.indpred IS NULL AND one.indexprs IS NULL
          AND (relation.relname LIKE '%\\_like' OR EXISTS (
              SELECT FROM pg_index AS other
              JOIN pg_class AS named ON named.oid = other.indexrelid
              WHERE other.indrelid = one.indrelid
                AND other.indexrelid <> one.indexrelid
                AND named.relam = relation.relam
                AND other.indpred IS NULL
                AND other.indnatts > one.indnatts
                AND (other.indkey::int2[])[0:one.indnatts - 1]
                    = (one.indkey::int2[])[0:one.indnatts - 1]
                AND (other.indclass::oid[])[0:one.indnatts - 1]
                    = (one.indclass::oid[])[0:one.indnatts - 1]
          ))
    LOOP
        EXECUTE format('DROP INDEX %s', spare.name);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_baseline_triggers"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("accounts", "0013_stable_order"),
        ("audit", "0007_rows_without_a_parent"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("bids", "0027_stable_order_and_wording"),
        ("documents", "0002_baseline_triggers"),
        ("funding", "0017_stable_order"),
        ("notifications", "0003_open_letters"),
        ("organisations", "0003_stable_order"),
        ("registers", "0001_initial"),
        ("reporting", "0005_file_format"),
        ("sessions", "0001_initial"),
    ]
    operations = [migrations.RunSQL(DROP, migrations.RunSQL.noop)]
