"""The tables of this app as one migration, in place of the 3 that made them."""

import django.db.models.deletion
import innovation.core.fields
import innovation.core.keys
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('reporting', '0001_initial'), ('reporting', '0002_report_closed'), ('reporting', '0003_bounded_text')]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('REP'), editable=False, max_length=20, unique=True)),
                ('asked_at', models.DateTimeField()),
                ('params', innovation.core.fields.Json(default=dict, most=1000000)),
                ('state', models.CharField(choices=[('due', 'Waiting'), ('building', 'Being built'), ('ready', 'Ready'), ('failed', 'Failed')], default='due', max_length=10)),
                ('rows_done', models.PositiveIntegerField(default=0)),
                ('rows_total', models.PositiveIntegerField(default=0)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('lease_until', models.DateTimeField(blank=True, null=True)),
                ('last_error', models.CharField(blank=True, max_length=100)),
                ('built_at', models.DateTimeField(blank=True, null=True)),
                ('file', models.FileField(blank=True, upload_to='reports/')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to=settings.AUTH_USER_MODEL)),
                ('closed', innovation.core.fields.Json(default=list, most=1000000)),
            ],
            options={
                'ordering': ['-asked_at', '-id'],
                'indexes': [models.Index(fields=['asked_by', '-asked_at', '-id'], name='report_of_person'), models.Index(condition=models.Q(('state__in', ['due', 'building'])), fields=['asked_at', 'id'], name='report_unfinished')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['due', 'building', 'ready', 'failed'])), name='report_state'), models.CheckConstraint(condition=models.Q(models.Q(('lease_until__isnull', False), ('state', 'building')), models.Q(models.Q(('state', 'building'), _negated=True), ('lease_until__isnull', True)), _connector='OR'), name='report_lease_has_an_end'), models.CheckConstraint(condition=models.Q(models.Q(('built_at__isnull', False), ('state', 'ready'), models.Q(('file', ''), _negated=True)), models.Q(models.Q(('state', 'ready'), _negated=True), ('built_at__isnull', True), ('file', '')), _connector='OR'), name='report_ready_has_a_file')],
            },
        ),
    ]
