"""The database takes no text longer than `core.limits` says."""

import innovation.core.fields
from django.db import migrations

from innovation.core.operations import BoundField


class Migration(migrations.Migration):

    dependencies = [
        ("organisations", "0002_dated_facts"),
    ]

    operations = [
        BoundField(
            model_name='ofstedjudgement',
            name='details',
            field=innovation.core.fields.Json(default=dict, most=1000000),
        ),
        BoundField(
            model_name='organisation',
            name='notes',
            field=innovation.core.fields.Text(blank=True, max_length=100000),
        ),
    ]
