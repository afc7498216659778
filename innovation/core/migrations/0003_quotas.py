"""The database takes no kept form larger than `core.limits` says, and counts
what people and addresses use on a table that is not logged."""

import innovation.core.fields
from django.db import migrations, models

from innovation.core.operations import BoundField


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0002_kept_posts'),
    ]

    operations = [
        migrations.AddField(
            model_name='keptpost',
            name='size',
            field=models.PositiveIntegerField(default=0, help_text='Of the fields, in bytes.'),
        ),
        BoundField(
            model_name='keptpost',
            name='fields',
            field=innovation.core.fields.Json(most=1000000),
        ),
        migrations.CreateModel(
            name='Quota',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('who', models.CharField(max_length=32)),
                ('began', models.DateTimeField()),
                ('ends', models.DateTimeField(db_index=True)),
                ('amount', models.BigIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('name', 'who'), name='quota_once')],
            },
        ),
        migrations.RunSQL(
            "ALTER TABLE core_quota SET UNLOGGED", migrations.RunSQL.noop
        ),
    ]
