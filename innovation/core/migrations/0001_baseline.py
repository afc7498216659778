"""The tables of this app as one migration, in place of the 3 that made them."""

import innovation.core.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('core', '0001_initial'), ('core', '0002_kept_posts')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Heartbeat',
            fields=[
                ('name', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('token', models.CharField(max_length=100, primary_key=True, serialize=False)),
                ('address', models.CharField(blank=True, max_length=500)),
                ('at', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='Slot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('job', models.CharField(max_length=100)),
                ('slot', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('job', 'slot'), name='slot_once')],
            },
        ),
        migrations.CreateModel(
            name='KeptPost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.CharField(max_length=40)),
                ('path', models.CharField(max_length=500)),
                ('page', models.CharField(max_length=64)),
                ('fields', innovation.core.fields.Json(most=1000000)),
                ('at', models.DateTimeField(db_index=True)),
                ('size', models.PositiveIntegerField(default=0, help_text='Of the fields, in bytes.')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'path', 'page'), name='kept_post_of_page_once')],
            },
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
    ]
