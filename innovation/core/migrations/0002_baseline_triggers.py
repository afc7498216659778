"""The functions and triggers of this app’s tables, as the migrations left them that
this and `0001_baseline` replace: written by hand, by `write_triggers` and from `guards`.
"""

from django.db import migrations

TABLES = """
ALTER TABLE core_quota SET UNLOGGED;
"""


class Migration(migrations.Migration):
    replaces = [("core", "0003_quotas")]
    dependencies = [("core", "0001_baseline")]
    operations = [
        migrations.RunSQL(TABLES),
    ]
