from django.db import migrations, models

PRECISIONS = [
    ("exact", "exactly"),
    ("more than", "more than"),
    ("up to", "up to"),
    ("about", "about"),
    ("almost", "almost"),
    ("estimated", "an estimated"),
    ("not stated", "not stated"),
]


class Migration(migrations.Migration):
    """The precision of an amount whose source does not say how precise it is."""

    dependencies = [("funding", "0017_stable_order")]

    operations = [
        migrations.AlterField(
            model_name="award",
            name="amount_precision",
            field=models.CharField(blank=True, choices=PRECISIONS, max_length=10),
        ),
        migrations.AlterField(
            model_name="moneyline",
            name="precision",
            field=models.CharField(choices=PRECISIONS, default="exact", max_length=10),
        ),
        migrations.RemoveConstraint(model_name="moneyline", name="money_precision"),
        migrations.AddConstraint(
            model_name="moneyline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("precision__in", [value for value, _ in PRECISIONS])
                ),
                name="money_precision",
            ),
        ),
    ]
