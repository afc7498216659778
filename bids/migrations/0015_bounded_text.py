"""The database takes no text longer than `core.limits` says."""

import innovation.core.fields
from django.db import migrations

from innovation.core.operations import BoundField


class Migration(migrations.Migration):

    dependencies = [
        ("bids", "0014_applications_share_columns"),
    ]

    operations = [
        BoundField(
            model_name='answer',
            name='value',
            field=innovation.core.fields.Json(most=1000000),
        ),
        BoundField(
            model_name='answerversion',
            name='typed',
            field=innovation.core.fields.Json(help_text='{"field": ["text", …]}', most=1000000),
        ),
        BoundField(
            model_name='barrier',
            name='what_it_stops',
            field=innovation.core.fields.Text(max_length=100000),
        ),
        BoundField(
            model_name='bid',
            name='evaluation_plan',
            field=innovation.core.fields.Text(blank=True, max_length=100000),
        ),
        BoundField(
            model_name='bid',
            name='summary',
            field=innovation.core.fields.Text(blank=True, max_length=100000),
        ),
        BoundField(
            model_name='bid',
            name='theory_of_change',
            field=innovation.core.fields.Text(blank=True, max_length=100000),
        ),
        BoundField(
            model_name='bid',
            name='withdrawn_because',
            field=innovation.core.fields.Text(blank=True, help_text='What was learnt: stopping early is an ordinary ending.', max_length=100000),
        ),
        BoundField(
            model_name='clarification',
            name='answer',
            field=innovation.core.fields.Text(blank=True, default='', max_length=100000),
        ),
        BoundField(
            model_name='clarification',
            name='question',
            field=innovation.core.fields.Text(max_length=100000),
        ),
        BoundField(
            model_name='comment',
            name='text',
            field=innovation.core.fields.Text(max_length=100000),
        ),
        BoundField(
            model_name='criterion',
            name='description',
            field=innovation.core.fields.Text(blank=True, max_length=100000),
        ),
        BoundField(
            model_name='expression',
            name='summary',
            field=innovation.core.fields.Text(blank=True, max_length=100000),
        ),
        BoundField(
            model_name='expression',
            name='withdrawn_because',
            field=innovation.core.fields.Text(blank=True, help_text='What was learnt: stopping early is an ordinary ending.', max_length=100000),
        ),
        BoundField(
            model_name='feedback',
            name='text',
            field=innovation.core.fields.Text(max_length=100000),
        ),
        BoundField(
            model_name='lateentry',
            name='reason',
            field=innovation.core.fields.Text(max_length=100000),
        ),
        BoundField(
            model_name='message',
            name='text',
            field=innovation.core.fields.Text(max_length=100000),
        ),
        BoundField(
            model_name='moderatedscore',
            name='reason',
            field=innovation.core.fields.Text(max_length=100000),
        ),
        BoundField(
            model_name='partnerletter',
            name='text',
            field=innovation.core.fields.Text(max_length=100000),
        ),
        BoundField(
            model_name='question',
            name='choices',
            field=innovation.core.fields.Json(blank=True, default=list, most=1000000),
        ),
        BoundField(
            model_name='question',
            name='hint',
            field=innovation.core.fields.Text(blank=True, max_length=100000),
        ),
        BoundField(
            model_name='question',
            name='shown_only_if',
            field=innovation.core.fields.Json(blank=True, default=dict, help_text='{"code": "…", "answer": "…"}', most=1000000),
        ),
        BoundField(
            model_name='return',
            name='reason',
            field=innovation.core.fields.Text(max_length=100000),
        ),
        BoundField(
            model_name='risk',
            name='mitigation',
            field=innovation.core.fields.Text(max_length=100000),
        ),
        BoundField(
            model_name='round',
            name='summary',
            field=innovation.core.fields.Text(blank=True, max_length=100000),
        ),
        BoundField(
            model_name='score',
            name='justification',
            field=innovation.core.fields.Text(max_length=100000),
        ),
        BoundField(
            model_name='supportneed',
            name='detail',
            field=innovation.core.fields.Text(blank=True, max_length=100000),
        ),
    ]
