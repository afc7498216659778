from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reporting", "0003_bounded_text")]

    operations = [
        migrations.AddField(
            model_name="report",
            name="kind",
            field=models.CharField(default="cases", max_length=20),
        ),
    ]
