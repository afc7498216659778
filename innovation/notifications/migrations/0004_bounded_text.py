"""The database takes no text longer than `core.limits` says."""

import innovation.core.fields
from django.db import migrations

from innovation.core.operations import BoundField


class Migration(migrations.Migration):

    dependencies = [
        ("notifications", "0003_failures"),
    ]

    operations = [
        BoundField(
            model_name='letter',
            name='facts',
            field=innovation.core.fields.Json(default=dict, most=1000000),
        ),
        BoundField(
            model_name='letter',
            name='text',
            field=innovation.core.fields.Text(blank=True, max_length=1000000),
        ),
        BoundField(
            model_name='postedletter',
            name='text',
            field=innovation.core.fields.Text(max_length=1000000),
        ),
    ]
