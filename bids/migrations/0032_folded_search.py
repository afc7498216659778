"""Search cases by the folded words of their title and summary."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bids", "0031_bids_by_date"),
        ("core", "0004_fold_text"),
    ]
    operations = [
        migrations.RemoveIndex("expression", "expression_search"),
        migrations.RemoveField("expression", "search"),
        migrations.AddField(
            "expression",
            "search",
            models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    models.F("title"),
                    models.F("summary"),
                    template=(
                        "to_tsvector('english', fold_text(title || ' ' || summary))"
                    ),
                ),
                output_field=SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            "expression", GinIndex(fields=["search"], name="expression_search")
        ),
    ]
