"""The database takes no text longer than `core.limits` says."""

import innovation.core.fields
from django.db import migrations

from innovation.core.operations import BoundField


class Migration(migrations.Migration):

    dependencies = [
        ("funding", "0006_withdrawn_offers"),
    ]

    operations = [
        BoundField(
            model_name='agendaitem',
            name='deferral_reason',
            field=innovation.core.fields.Text(blank=True, max_length=100000),
        ),
        BoundField(
            model_name='agendaitem',
            name='paper',
            field=innovation.core.fields.Text(help_text="The department's advice to the Board.", max_length=100000),
        ),
        BoundField(
            model_name='award',
            name='notes',
            field=innovation.core.fields.Text(blank=True, max_length=100000),
        ),
        BoundField(
            model_name='award',
            name='summary',
            field=innovation.core.fields.Text(blank=True, max_length=100000),
        ),
        BoundField(
            model_name='awardreason',
            name='text',
            field=innovation.core.fields.Text(max_length=100000),
        ),
        BoundField(
            model_name='decision',
            name='overspend_reason',
            field=innovation.core.fields.Text(blank=True, max_length=100000),
        ),
        BoundField(
            model_name='decision',
            name='reason',
            field=innovation.core.fields.Text(blank=True, max_length=100000),
        ),
        BoundField(
            model_name='import',
            name='notices',
            field=innovation.core.fields.Json(default=list, most=1000000),
        ),
        BoundField(
            model_name='import',
            name='problems',
            field=innovation.core.fields.Json(default=list, most=1000000),
        ),
        BoundField(
            model_name='interest',
            name='nature',
            field=innovation.core.fields.Text(max_length=100000),
        ),
        BoundField(
            model_name='meeting',
            name='minutes',
            field=innovation.core.fields.Text(blank=True, max_length=100000),
        ),
        BoundField(
            model_name='monitoringreport',
            name='progress',
            field=innovation.core.fields.Text(blank=True, max_length=100000),
        ),
        BoundField(
            model_name='opinion',
            name='text',
            field=innovation.core.fields.Text(max_length=100000),
        ),
        BoundField(
            model_name='payment',
            name='recovery_reason',
            field=innovation.core.fields.Text(blank=True, max_length=100000),
        ),
        BoundField(
            model_name='payment',
            name='refusal_reason',
            field=innovation.core.fields.Text(blank=True, max_length=100000),
        ),
        BoundField(
            model_name='recommendation',
            name='conditions',
            field=innovation.core.fields.Text(blank=True, max_length=100000),
        ),
        BoundField(
            model_name='recommendation',
            name='dissent',
            field=innovation.core.fields.Text(blank=True, max_length=100000),
        ),
        BoundField(
            model_name='recommendation',
            name='reasons',
            field=innovation.core.fields.Text(max_length=100000),
        ),
        BoundField(
            model_name='variation',
            name='answer',
            field=innovation.core.fields.Text(blank=True, max_length=100000),
        ),
        BoundField(
            model_name='variation',
            name='reason',
            field=innovation.core.fields.Text(max_length=100000),
        ),
        BoundField(
            model_name='variation',
            name='what_changes',
            field=innovation.core.fields.Text(max_length=100000),
        ),
    ]
