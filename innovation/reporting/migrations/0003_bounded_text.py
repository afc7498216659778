"""The database takes no text longer than `core.limits` says."""

import innovation.core.fields
from django.db import migrations

from innovation.core.operations import BoundField


class Migration(migrations.Migration):

    dependencies = [
        ('reporting', '0002_report_closed'),
    ]

    operations = [
        BoundField(
            model_name='report',
            name='closed',
            field=innovation.core.fields.Json(default=list, most=1000000),
        ),
        BoundField(
            model_name='report',
            name='params',
            field=innovation.core.fields.Json(default=dict, most=1000000),
        ),
    ]
