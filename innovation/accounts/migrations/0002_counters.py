"""The shared cache and the counts of API requests: unlogged, for they are worth
nothing after a crash, and counting must not wait for the disk.
"""

from django.db import migrations

FORWARDS = """
CREATE UNLOGGED TABLE shared_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX shared_cache_expires ON shared_cache (expires);
ALTER TABLE accounts_apiuse SET UNLOGGED;
"""
BACKWARDS = """
ALTER TABLE accounts_apiuse SET LOGGED;
DROP TABLE shared_cache;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
