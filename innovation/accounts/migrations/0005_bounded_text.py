"""The database takes no text longer than `core.limits` says."""

import innovation.core.fields
from django.db import migrations

from innovation.core.operations import BoundField


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0004_what_was_said"),
    ]

    operations = [
        BoundField(
            model_name='membership',
            name='said',
            field=innovation.core.fields.Text(blank=True, max_length=100000),
        ),
        migrations.DeleteModel(
            name='ApiUse',
        ),
    ]
