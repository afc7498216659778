"""The order of bids over the API."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bids", "0030_assessors_missing"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="bid",
            index=models.Index(
                models.OrderBy(models.F("opened_at"), descending=True),
                models.OrderBy(models.F("key"), descending=True),
                name="bid_newest",
            ),
        ),
    ]
