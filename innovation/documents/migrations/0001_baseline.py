"""The tables of this app as one migration, in place of the 4 that made them."""

import django.db.models.deletion
import innovation.core.keys
import innovation.core.lines
import innovation.documents.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('documents', '0001_initial'), ('documents', '0002_one_line'), ('documents', '0003_guards')]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('audit', '0001_baseline'),
    ]

    operations = [
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('DOC'), editable=False, max_length=20, unique=True)),
                ('name', innovation.core.lines.OneLineField(max_length=150)),
                ('kind', models.CharField(max_length=5)),
                ('size', models.PositiveIntegerField(help_text='In bytes.')),
                ('digest', models.CharField(max_length=64)),
                ('file', models.FileField(blank=True, upload_to=innovation.documents.models.random_name)),
                ('state', models.CharField(choices=[('waiting', 'Waiting to be scanned'), ('clean', 'No virus found'), ('infected', 'Virus found'), ('refused', 'Could not be scanned'), ('unscanned', 'Not scanned')], default='waiting', max_length=10)),
                ('added_at', models.DateTimeField()),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('interruptions', models.PositiveSmallIntegerField(default=0)),
                ('not_before', models.DateTimeField()),
                ('lease_until', models.DateTimeField(blank=True, null=True)),
                ('last_error', models.CharField(blank=True, max_length=100)),
                ('scanned_at', models.DateTimeField(blank=True, null=True)),
                ('finding', models.CharField(blank=True, max_length=100)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('chain', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='audit.chain')),
            ],
            options={
                'ordering': ['added_at', 'id'],
                'indexes': [models.Index(condition=models.Q(('state__in', ['waiting', 'unscanned'])), fields=['added_at', 'id'], name='document_unscanned'), models.Index(fields=['file'], name='document_file')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'clean', 'infected', 'refused', 'unscanned'])), name='document_state'), models.CheckConstraint(condition=models.Q(('lease_until__isnull', True), ('state', 'waiting'), _connector='OR'), name='document_leased_while_waiting'), models.CheckConstraint(condition=models.Q(models.Q(('scanned_at__isnull', False), ('state__in', ('clean', 'infected', 'refused'))), models.Q(models.Q(('state__in', ('clean', 'infected', 'refused')), _negated=True), ('finding', ''), ('scanned_at__isnull', True)), _connector='OR'), name='document_scanned_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('file', ''), ('state__in', ('infected', 'refused'))), models.Q(models.Q(('state__in', ('infected', 'refused')), _negated=True), models.Q(('file', ''), _negated=True)), _connector='OR'), name='document_bad_is_thrown_away'), models.CheckConstraint(condition=models.Q(('size__gt', 0)), name='document_not_empty')],
            },
        ),
    ]
