"""Index the names and addresses by which people are searched."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

from innovation.core.folding import Fold


class Migration(migrations.Migration):
    dependencies = [("accounts", "0014_requests_of_role_grants"), ("core", "0004_fold_text")]
    operations = [
        TrigramExtension(),
        migrations.AddIndex(
            "user",
            GinIndex(
                OpClass(Fold("name"), "gin_trgm_ops"),
                OpClass(Fold("email"), "gin_trgm_ops"),
                name="user_search",
            ),
        ),
    ]
