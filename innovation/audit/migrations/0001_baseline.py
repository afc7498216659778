"""The tables of this app as one migration, in place of the 4 that made them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('audit', '0001_initial'), ('audit', '0002_triggers'), ('audit', '0003_guards')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Chain',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('case', 'Case'), ('organisation', 'Organisation'), ('person', 'Person'), ('round', 'Round'), ('meeting', 'Meeting'), ('service', 'Service')], max_length=20)),
                ('length', models.PositiveIntegerField(default=0, editable=False)),
                ('head', models.CharField(default='0000000000000000000000000000000000000000000000000000000000000000', editable=False, max_length=64)),
                ('stage', models.CharField(default='', editable=False, max_length=40)),
                ('moved_at', models.DateTimeField(editable=False, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'stage'], name='chain_kind_stage')],
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('figure', models.CharField(max_length=40)),
                ('member', models.CharField(default='', max_length=40)),
                ('day', models.DateField()),
                ('backend', models.IntegerField()),
                ('change', models.IntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('figure', 'member', 'day', 'backend'), name='tally_once')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.PositiveIntegerField(editable=False)),
                ('name', models.CharField(max_length=60)),
                ('subject', models.CharField(max_length=40)),
                ('actor', models.CharField(max_length=40)),
                ('at', models.DateTimeField()),
                ('data', models.JSONField(default=dict)),
                ('tally', models.JSONField(default=dict)),
                ('stage', models.CharField(default='', max_length=40)),
                ('request_id', models.CharField(default='', max_length=64)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('txid', models.BigIntegerField(editable=False)),
                ('previous', models.CharField(editable=False, max_length=64)),
                ('hash', models.CharField(editable=False, max_length=64)),
                ('chain', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='audit.chain')),
            ],
            options={
                'ordering': ['chain_id', 'seq'],
                'indexes': [models.Index(fields=['txid', 'id'], name='event_feed'), models.Index(fields=['name', 'at'], name='event_name_at'), models.Index(fields=['subject'], name='event_subject')],
                'constraints': [models.UniqueConstraint(fields=('chain', 'seq'), name='event_seq_once')],
            },
        ),
    ]
