"""Index the names by which organisations and councils are searched."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

from innovation.core.folding import Fold


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0004_fold_text"),
        ("organisations", "0003_stable_order"),
    ]
    operations = [
        TrigramExtension(),
        migrations.AddIndex(
            "organisation",
            GinIndex(
                OpClass(Fold("name"), "gin_trgm_ops"), name="organisation_name_folded"
            ),
        ),
        migrations.AddIndex(
            "councilcode",
            models.Index(Fold("name"), name="council_code_name_folded"),
        ),
        migrations.AddIndex(
            "councilcode",
            models.Index(Fold("official_name"), name="council_code_official_folded"),
        ),
    ]
