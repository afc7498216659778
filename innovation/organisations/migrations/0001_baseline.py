"""The tables of this app as one migration, in place of the 6 that made them."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import innovation.core.fields
import innovation.core.keys
import innovation.core.lines
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('organisations', '0001_initial'), ('organisations', '0002_dated_facts'), ('organisations', '0003_bounded_text'), ('organisations', '0004_one_line'), ('organisations', '0005_guards')]

    initial = True

    dependencies = [
        ('audit', '0001_baseline'),
    ]

    operations = [
        migrations.CreateModel(
            name='Region',
            fields=[
                ('code', models.CharField(max_length=9, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Council',
            fields=[
                ('dfe_number', models.CharField(max_length=3, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=100)),
                ('official_name', models.CharField(blank=True, max_length=150)),
                ('authority_type', models.CharField(max_length=60)),
                ('register_code', models.CharField(blank=True, max_length=10)),
                ('opened_on', models.DateField(blank=True, null=True)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('successors', models.ManyToManyField(blank=True, related_name='predecessors', to='organisations.council')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='councils', to='organisations.region')),
                ('also_known_as', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=100), default=list, size=None)),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('dfe_number__regex', '^\\d{3}$')), name='council_dfe_number'), models.CheckConstraint(condition=models.Q(('closed_on__isnull', True), ('opened_on__isnull', True), ('closed_on__gte', models.F('opened_on')), _connector='OR'), name='council_closes_after_opening')],
            },
        ),
        migrations.CreateModel(
            name='CouncilGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True)),
                ('councils', models.ManyToManyField(related_name='groups', to='organisations.council')),
            ],
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('ORG'), editable=False, max_length=20, unique=True)),
                ('name', innovation.core.lines.OneLineField(max_length=200)),
                ('applicant_type', models.CharField(choices=[('local_authority', 'Local authority'), ('charity', 'Charity'), ('company', 'Company'), ('social_enterprise', 'Social enterprise'), ('childrens_trust', 'Children’s services trust'), ('nhs', 'NHS body'), ('public_body', 'Other public body')], max_length=20)),
                ('legal_form', innovation.core.lines.OneLineField(blank=True, max_length=100)),
                ('demonstration', models.BooleanField(default=False, help_text='Made up, and labelled so wherever it appears.')),
                ('chain', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='audit.chain')),
                ('council', models.OneToOneField(blank=True, help_text='The council this organisation is.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='organisation', to='organisations.council')),
                ('source', innovation.core.lines.OneLineField(blank=True, help_text='Where facts that need a source are from.', max_length=400)),
                ('confidence', models.CharField(blank=True, max_length=20)),
                ('notes', innovation.core.fields.Text(blank=True, max_length=100000)),
            ],
            options={
                'ordering': [django.db.models.functions.text.Lower('name')],
                'constraints': [models.CheckConstraint(condition=models.Q(('applicant_type__in', ['local_authority', 'charity', 'company', 'social_enterprise', 'childrens_trust', 'nhs', 'public_body'])), name='organisation_applicant_type'), models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='organisation_name_once')],
            },
        ),
        migrations.CreateModel(
            name='Identifier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scheme', models.CharField(max_length=20)),
                ('value', innovation.core.lines.OneLineField(max_length=40)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='identifiers', to='organisations.organisation')),
            ],
            options={
                'ordering': ['scheme'],
                'constraints': [models.UniqueConstraint(fields=('scheme', 'value'), name='identifier_stands_for_one')],
            },
        ),
        migrations.CreateModel(
            name='PartnerInPractice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_on', models.DateField()),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('source', models.CharField(max_length=200)),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='partnerships', to='organisations.council')),
            ],
        ),
        migrations.CreateModel(
            name='CouncilCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('gss_code', models.CharField(max_length=9, unique=True)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('change_note', models.CharField(blank=True, max_length=200)),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codes', to='organisations.council')),
                ('name', models.CharField(max_length=100)),
                ('official_name', models.CharField(blank=True, max_length=150)),
            ],
            options={
                'ordering': ['valid_from'],
                'constraints': [models.CheckConstraint(condition=models.Q(('gss_code__regex', '^E\\d{8}$')), name='council_code_gss'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='council_code_dates')],
            },
        ),
        migrations.CreateModel(
            name='InterventionStatus',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('none', 'None'), ('commissioner', 'Commissioner'), ('trust', 'Trust')], max_length=20)),
                ('started_on', models.DateField()),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('source', models.CharField(max_length=200)),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='interventions', to='organisations.council')),
            ],
            options={
                'ordering': ['-started_on'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['none', 'commissioner', 'trust'])), name='intervention_kind')],
            },
        ),
        migrations.CreateModel(
            name='OfstedJudgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('framework', models.CharField(max_length=20)),
                ('published_on', models.DateField()),
                ('overall', models.CharField(choices=[('outstanding', 'Outstanding'), ('good', 'Good'), ('requires improvement', 'Requires Improvement'), ('inadequate', 'Inadequate')], max_length=20)),
                ('reinspection', models.BooleanField(default=False)),
                ('details', innovation.core.fields.Json(default=dict, most=1000000)),
                ('source', models.CharField(max_length=200)),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='judgements', to='organisations.council')),
            ],
            options={
                'ordering': ['-published_on'],
                'constraints': [models.CheckConstraint(condition=models.Q(('overall__in', ['outstanding', 'good', 'requires improvement', 'inadequate'])), name='judgement_overall'), models.UniqueConstraint(fields=('council', 'framework', 'published_on'), name='judgement_once')],
            },
        ),
        migrations.CreateModel(
            name='ReferenceData',
            fields=[
                ('name', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('digest', models.CharField(max_length=64)),
                ('loaded_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='RunsServices',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started', models.CharField(blank=True, max_length=10)),
                ('ended', models.CharField(blank=True, max_length=10)),
                ('note', innovation.core.lines.OneLineField(blank=True, max_length=200)),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='run_by', to='organisations.council')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='areas', to='organisations.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'council'), name='runs_services_once')],
            },
        ),
        migrations.AddField(
            model_name='organisation',
            name='serves',
            field=models.ManyToManyField(blank=True, help_text="For a trust: the councils whose children's services it runs.", related_name='served_by', through='organisations.RunsServices', to='organisations.council'),
        ),
    ]
