"""The tables of this app as one migration, in place of the 6 that made them."""

import django.db.models.deletion
import innovation.core.fields
import innovation.core.keys
import innovation.core.lines
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('notifications', '0001_initial'), ('notifications', '0002_withheld'), ('notifications', '0003_failures'), ('notifications', '0004_bounded_text'), ('notifications', '0005_one_line')]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('audit', '0001_baseline'),
    ]

    operations = [
        migrations.CreateModel(
            name='JobFailure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('job', models.CharField(max_length=200)),
                ('job_id', models.CharField(max_length=64)),
                ('error', models.CharField(max_length=100)),
                ('place', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['-at', '-id'],
                'indexes': [models.Index(fields=['-at', '-id'], name='job_failure_newest')],
            },
        ),
        migrations.CreateModel(
            name='PostedLetter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.UUIDField(db_index=True)),
                ('address', models.EmailField(max_length=254)),
                ('title', innovation.core.lines.OneLineField(max_length=300)),
                ('text', innovation.core.fields.Text(max_length=1000000)),
                ('posted_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['-posted_at', '-id'],
                'indexes': [models.Index(fields=['address', '-posted_at'], name='posted_to')],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('LTR'), editable=False, max_length=20, unique=True)),
                ('kind', models.CharField(max_length=60)),
                ('address', models.EmailField(blank=True, help_text='Where there is no recipient.', max_length=254)),
                ('subject_reference', models.CharField(blank=True, max_length=40)),
                ('facts', innovation.core.fields.Json(default=dict, most=1000000)),
                ('title', innovation.core.lines.OneLineField(blank=True, max_length=300)),
                ('text', innovation.core.fields.Text(blank=True, max_length=1000000)),
                ('state', models.CharField(choices=[('due', 'Due'), ('leased', 'Being sent'), ('sent', 'Sent'), ('in_doubt', 'In doubt'), ('failed', 'Failed'), ('withheld', 'Not sent: not theirs to read any more')], default='due', max_length=10)),
                ('reference', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('not_before', models.DateTimeField()),
                ('lease_until', models.DateTimeField(blank=True, null=True)),
                ('last_error', models.CharField(blank=True, max_length=100)),
                ('put_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('chain', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='audit.chain')),
                ('recipient', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letters', to=settings.AUTH_USER_MODEL)),
                ('failures', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'ordering': ['-put_at', '-id'],
                'indexes': [models.Index(condition=models.Q(('state', 'due')), fields=['not_before'], name='letter_due'), models.Index(condition=models.Q(('state', 'leased')), fields=['lease_until'], name='letter_leased'), models.Index(condition=models.Q(('state__in', ['in_doubt', 'failed'])), fields=['-put_at', '-id'], name='letter_troubled'), models.Index(fields=['-put_at', '-id'], name='letter_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('recipient__isnull', False), models.Q(('address', ''), _negated=True), _connector='XOR'), name='letter_to_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('lease_until__isnull', False), ('state', 'leased')), models.Q(models.Q(('state', 'leased'), _negated=True), ('lease_until__isnull', True)), _connector='OR'), name='letter_lease_has_an_end'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', True)), _connector='OR'), name='letter_sent_at_a_time'), models.CheckConstraint(condition=models.Q(('state__in', ['due', 'leased', 'sent', 'in_doubt', 'failed', 'withheld'])), name='letter_state')],
            },
        ),
    ]
