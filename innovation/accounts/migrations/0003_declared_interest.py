from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_counters")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="declared_interest",
            field=models.BooleanField(default=False),
        ),
    ]
