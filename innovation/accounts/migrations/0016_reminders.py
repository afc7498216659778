"""People choose whether they get reminders."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0015_search_people'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='wants_reminders',
            field=models.BooleanField(db_default=True, default=True),
        ),
    ]
