"""The tables of this app as one migration, in place of the 22 that made them."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import innovation.core.fields
import innovation.core.keys
import innovation.core.lines
import innovation.core.money
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('bids', '0001_initial'), ('bids', '0002_answer_versions'), ('bids', '0003_questions_of_facts'), ('bids', '0004_question_guard'), ('bids', '0005_late_entries'), ('bids', '0006_signatures'), ('bids', '0007_what_a_bid_adds'), ('bids', '0008_case_documents'), ('bids', '0009_seed_allowance'), ('bids', '0010_replies_by'), ('bids', '0011_messages'), ('bids', '0012_comments_done'), ('bids', '0013_clarification_taken_back'), ('bids', '0014_applications_share_columns'), ('bids', '0015_bounded_text'), ('bids', '0016_one_line'), ('bids', '0017_answer_version_saved'), ('bids', '0018_assigned_assessors'), ('bids', '0019_assessments_of_rounds'), ('bids', '0020_fixed_facts_of_rounds'), ('bids', '0021_guards')]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('audit', '0001_baseline'),
        ('documents', '0001_baseline'),
        ('organisations', '0001_baseline'),
    ]

    operations = [
        migrations.CreateModel(
            name='Programme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True)),
                ('name', innovation.core.lines.OneLineField(max_length=120)),
            ],
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('RND'), editable=False, max_length=20, unique=True)),
                ('name', innovation.core.lines.OneLineField(max_length=120, unique=True)),
                ('summary', innovation.core.fields.Text(blank=True, max_length=100000)),
                ('route', models.CharField(choices=[('full', 'Full: expression of interest, then bid'), ('seed', 'Seed grant'), ('follow_on', 'Follow-on')], max_length=10)),
                ('opens_at', models.DateTimeField(blank=True, null=True)),
                ('closes_at', models.DateTimeField(blank=True, null=True)),
                ('opens_note', innovation.core.lines.OneLineField(blank=True, help_text='What is known of dates left empty.', max_length=200)),
                ('award_least', innovation.core.money.MoneyField(blank=True, null=True)),
                ('award_most', innovation.core.money.MoneyField(blank=True, null=True)),
                ('published', models.BooleanField(default=False)),
                ('demonstration', models.BooleanField(default=False)),
                ('chain', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='audit.chain')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='bids.programme')),
                ('replies_by', models.DateField(blank=True, help_text='By when applicants hear what was decided.', null=True)),
                ('assessments_needed', models.PositiveSmallIntegerField(default=2, help_text='How many finished assessments a bid takes to be assessed.')),
            ],
            options={
                'ordering': ['-opens_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('route__in', ['full', 'seed', 'follow_on'])), name='round_route'), models.CheckConstraint(condition=models.Q(('closes_at__isnull', True), ('closes_at__gt', models.F('opens_at')), _connector='OR'), name='round_closes_after_opening'), models.CheckConstraint(condition=models.Q(('award_least__isnull', True), ('award_most__isnull', True), ('award_most__gte', models.F('award_least')), _connector='OR'), name='round_limits_in_order'), models.CheckConstraint(condition=models.Q(models.Q(('route', 'seed'), _negated=True), ('award_most__lte', 1000000), _connector='OR'), name='round_seed_at_most_10000'), models.CheckConstraint(condition=models.Q(('assessments_needed__range', (1, 9))), name='round_assessments_needed')],
            },
        ),
        migrations.CreateModel(
            name='Criterion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', innovation.core.lines.OneLineField(max_length=120)),
                ('description', innovation.core.fields.Text(blank=True, max_length=100000)),
                ('weight', models.PositiveSmallIntegerField(default=1)),
                ('score_least', models.PositiveSmallIntegerField(default=0)),
                ('score_most', models.PositiveSmallIntegerField(default=4)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='criteria', to='bids.round')),
            ],
            options={
                'verbose_name_plural': 'criteria',
                'ordering': ['position', 'name'],
                'constraints': [models.UniqueConstraint(fields=('round', 'name'), name='criterion_name_once'), models.CheckConstraint(condition=models.Q(('score_most__gt', models.F('score_least')), ('weight__gt', 0)), name='criterion_scale')],
            },
        ),
        migrations.CreateModel(
            name='IdeaType',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True)),
                ('redesigns_social_work', models.BooleanField(default=False)),
                ('source', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='MaturityStage',
            fields=[
                ('code', models.CharField(max_length=2, primary_key=True, serialize=False)),
                ('label', models.CharField(max_length=60)),
            ],
            options={
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='PracticeModel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True)),
                ('description', models.CharField(blank=True, max_length=300)),
                ('source', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='QuestionSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('QST'), editable=False, max_length=20, unique=True)),
                ('stage', models.CharField(choices=[('expression', 'Expression of interest'), ('bid', 'Bid')], max_length=12)),
                ('version', models.PositiveSmallIntegerField()),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='question_sets', to='bids.round')),
            ],
            options={
                'ordering': ['round', 'stage', '-version'],
                'constraints': [models.CheckConstraint(condition=models.Q(('stage__in', ['expression', 'bid'])), name='question_set_stage'), models.UniqueConstraint(fields=('round', 'stage', 'version'), name='question_set_version_once')],
            },
        ),
        migrations.CreateModel(
            name='Strand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', innovation.core.lines.OneLineField(max_length=120)),
                ('anything_else', models.BooleanField(default=False)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='strands', to='bids.round')),
            ],
            options={
                'ordering': ['position', 'name'],
                'constraints': [models.UniqueConstraint(fields=('round', 'name'), name='strand_name_once'), models.UniqueConstraint(condition=models.Q(('anything_else', True)), fields=('round',), name='strand_anything_else_once')],
            },
        ),
        migrations.CreateModel(
            name='Expression',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('EOI'), editable=False, max_length=20, unique=True)),
                ('title', innovation.core.lines.OneLineField(max_length=200)),
                ('summary', innovation.core.fields.Text(blank=True, max_length=100000)),
                ('state', models.CharField(choices=[('draft', 'draft'), ('submitted', 'submitted'), ('clarification', 'clarification'), ('taken_forward', 'taken forward'), ('declined', 'declined'), ('withdrawn', 'withdrawn'), ('merged', 'merged')], default='draft', max_length=20)),
                ('started_at', models.DateTimeField()),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_because', innovation.core.fields.Text(blank=True, help_text='What was learnt: stopping early is an ordinary ending.', max_length=100000)),
                ('demonstration', models.BooleanField(default=False)),
                ('search', models.GeneratedField(db_persist=True, expression=models.Func(models.Value('english'), models.F('title'), models.Value(' '), models.F('summary'), function='to_tsvector', template="to_tsvector('english', title || ' ' || summary)"), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('chain', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s', to='audit.chain')),
                ('councils', models.ManyToManyField(blank=True, related_name='%(class)ss', to='organisations.council')),
                ('lead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='organisations.organisation')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_from', to='bids.expression')),
                ('partners', models.ManyToManyField(blank=True, related_name='partner_%(class)ss', to='organisations.organisation')),
                ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('started_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='bids.expression')),
                ('submitted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('idea_type', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='bids.ideatype')),
                ('maturity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='bids.maturitystage')),
                ('practice_models', models.ManyToManyField(blank=True, related_name='%(class)ss', to='bids.practicemodel')),
                ('question_set', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='bids.questionset')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='bids.round')),
                ('strand', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='bids.strand')),
            ],
            options={
                'indexes': [models.Index(models.OrderBy(models.F('submitted_at'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('submitted_at__isnull', False)), name='expression_newest'), models.Index(models.F('state'), models.OrderBy(models.F('submitted_at'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('submitted_at__isnull', False)), name='expression_state_newest'), models.Index(models.F('round'), models.OrderBy(models.F('submitted_at'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('submitted_at__isnull', False)), name='expression_round_newest'), models.Index(models.F('strand'), models.OrderBy(models.F('submitted_at'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('submitted_at__isnull', False)), name='expression_strand_newest'), models.Index(models.F('lead'), models.OrderBy(models.F('submitted_at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='expression_lead_newest'), django.contrib.postgres.indexes.GinIndex(fields=['search'], name='expression_search')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'clarification', 'taken_forward', 'declined', 'withdrawn', 'merged'])), name='expression_state'), models.CheckConstraint(condition=models.Q(('submitted_at__isnull', False), models.Q(('state__in', ['draft', 'withdrawn']), ('submitted_by__isnull', True)), _connector='OR'), name='expression_sent_unless_draft'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'draft'), ('submitted_at__isnull', True)), models.Q(('state', 'draft'), _negated=True), _connector='OR'), name='expression_draft_is_not_sent'), models.CheckConstraint(condition=models.Q(models.Q(('merged_into__isnull', False), ('state', 'merged')), models.Q(models.Q(('state', 'merged'), _negated=True), ('merged_into__isnull', True)), _connector='OR'), name='expression_merged_into_another'), models.CheckConstraint(condition=models.Q(('merged_into', models.F('id')), _negated=True), name='expression_not_into_itself')],
            },
        ),
        migrations.CreateModel(
            name='Bid',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('BID'), editable=False, max_length=20, unique=True)),
                ('title', innovation.core.lines.OneLineField(max_length=200)),
                ('summary', innovation.core.fields.Text(blank=True, max_length=100000)),
                ('theory_of_change', innovation.core.fields.Text(blank=True, max_length=100000)),
                ('evaluation_plan', innovation.core.fields.Text(blank=True, max_length=100000)),
                ('state', models.CharField(choices=[('in_development', 'in development'), ('submitted', 'submitted'), ('returned', 'returned'), ('assessed', 'assessed'), ('at_board', 'at board'), ('with_minister', 'with minister'), ('approved', 'approved'), ('declined', 'declined'), ('withdrawn', 'withdrawn')], default='in_development', max_length=20)),
                ('opened_at', models.DateTimeField()),
                ('expression_submitted_at', models.DateTimeField(help_text='Copied, for it never changes: the case list walks by it.')),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_because', innovation.core.fields.Text(blank=True, help_text='What was learnt: stopping early is an ordinary ending.', max_length=100000)),
                ('demonstration', models.BooleanField(default=False)),
                ('chain', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s', to='audit.chain')),
                ('councils', models.ManyToManyField(blank=True, related_name='%(class)ss', to='organisations.council')),
                ('lead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='organisations.organisation')),
                ('partners', models.ManyToManyField(blank=True, related_name='partner_%(class)ss', to='organisations.organisation')),
                ('submitted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('expression', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='bid', to='bids.expression')),
                ('idea_type', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='bids.ideatype')),
                ('maturity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='bids.maturitystage')),
                ('practice_models', models.ManyToManyField(blank=True, related_name='%(class)ss', to='bids.practicemodel')),
                ('question_set', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='bids.questionset')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='bids.round')),
                ('strand', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='bids.strand')),
                ('asked', innovation.core.money.MoneyField(blank=True, help_text='The sum asked for, which the costs come to.', null=True)),
            ],
            options={
                'indexes': [models.Index(models.F('state'), models.OrderBy(models.F('opened_at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='bid_state_newest'), models.Index(models.F('state'), models.OrderBy(models.F('expression_submitted_at'), descending=True), models.OrderBy(models.F('expression_id'), descending=True), name='bid_state_newest_case')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['in_development', 'submitted', 'returned', 'assessed', 'at_board', 'with_minister', 'approved', 'declined', 'withdrawn'])), name='bid_state'), models.CheckConstraint(condition=models.Q(('state__in', ['in_development', 'withdrawn']), ('submitted_at__isnull', False), _connector='OR'), name='bid_sent_unless_in_development'), models.CheckConstraint(condition=models.Q(('submitted_by__isnull', True), ('submitted_at__isnull', False), _connector='OR'), name='bid_sender_has_a_moment'), models.CheckConstraint(condition=models.Q(('asked__isnull', True), ('asked__gt', 0), _connector='OR'), name='bid_asks_for_something')],
            },
        ),
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('ASM'), editable=False, max_length=20, unique=True)),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('assessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to=settings.AUTH_USER_MODEL)),
                ('bid', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assessments', to='bids.bid')),
                ('assigned_at', models.DateTimeField(blank=True, null=True)),
                ('assigned_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('bid', 'assessor'), name='assessment_once'), models.CheckConstraint(condition=models.Q(models.Q(('assigned_at__isnull', True), ('assigned_by__isnull', True)), models.Q(('assigned_at__isnull', False), ('assigned_by__isnull', False)), _connector='OR'), name='assessment_assigned'), models.CheckConstraint(condition=models.Q(('assigned_by__isnull', True), models.Q(('assigned_by', models.F('assessor')), _negated=True), _connector='OR'), name='assessment_assigned_by_another'), models.CheckConstraint(condition=models.Q(('assigned_at__isnull', False), ('started_at__isnull', False), _connector='OR'), name='assessment_assigned_or_started'), models.CheckConstraint(condition=models.Q(('finished_at__isnull', True), ('started_at__isnull', False), _connector='OR'), name='assessment_started_before_finished')],
            },
        ),
        migrations.CreateModel(
            name='BidMoney',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('financial_year', models.PositiveSmallIntegerField()),
                ('category', models.CharField(choices=[('staff', 'Staff'), ('delivery', 'Delivery'), ('evaluation', 'Evaluation'), ('overheads', 'Overheads'), ('other', 'Other')], default='delivery', max_length=12)),
                ('amount', innovation.core.money.MoneyField()),
                ('bid', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='money', to='bids.bid')),
                ('partner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'ordering': ['financial_year', 'category'],
                'constraints': [models.UniqueConstraint(fields=('bid', 'financial_year', 'category', 'partner'), name='bid_money_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='bid_money_positive'), models.CheckConstraint(condition=models.Q(('category__in', ['staff', 'delivery', 'evaluation', 'overheads', 'other'])), name='bid_money_category')],
            },
        ),
        migrations.CreateModel(
            name='Clarification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('CLQ'), editable=False, max_length=20, unique=True)),
                ('question', innovation.core.fields.Text(max_length=100000)),
                ('asked_at', models.DateTimeField()),
                ('due_on', models.DateField()),
                ('answer', innovation.core.fields.Text(blank=True, default='', max_length=100000)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('expression', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clarifications', to='bids.expression')),
                ('taken_back_at', models.DateTimeField(blank=True, null=True)),
                ('taken_back_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['asked_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='clarification_answered_by'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True)), models.Q(('answered_at__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='clarification_answered_with_words'), models.CheckConstraint(condition=models.Q(models.Q(('taken_back_at__isnull', True), ('taken_back_by__isnull', True)), models.Q(('taken_back_at__isnull', False), ('taken_back_by__isnull', False)), _connector='OR'), name='clarification_taken_back_by'), models.CheckConstraint(condition=models.Q(('answered_at__isnull', True), ('taken_back_at__isnull', True), _connector='OR'), name='clarification_ended_one_way'), models.UniqueConstraint(condition=models.Q(('answered_at__isnull', True), ('taken_back_at__isnull', True)), fields=('expression',), name='clarification_one_open')],
            },
        ),
        migrations.CreateModel(
            name='Barrier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('law_or_rule', innovation.core.lines.OneLineField(max_length=200)),
                ('what_it_stops', innovation.core.fields.Text(max_length=100000)),
                ('owner', models.CharField(blank=True, max_length=40)),
                ('route', models.CharField(blank=True, choices=[('waiver', 'A waiver'), ('guidance', 'Guidance'), ('law', 'A change in law')], max_length=10)),
                ('state', models.CharField(choices=[('raised', 'Raised'), ('in_hand', 'In hand'), ('removed', 'Removed'), ('stays', 'Cannot be removed')], default='raised', max_length=10)),
                ('expression', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='barriers', to='bids.expression')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('route__in', ['', 'waiver', 'guidance', 'law'])), name='barrier_route'), models.CheckConstraint(condition=models.Q(('state__in', ['raised', 'in_hand', 'removed', 'stays'])), name='barrier_state'), models.CheckConstraint(condition=models.Q(('state', 'raised'), models.Q(('owner', ''), _negated=True), _connector='OR'), name='barrier_in_hand_has_owner')],
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('assigned_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to=settings.AUTH_USER_MODEL)),
                ('expression', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='bids.expression')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('expression', 'user'), name='assignment_once')],
            },
        ),
        migrations.CreateModel(
            name='Feedback',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', innovation.core.fields.Text(max_length=100000)),
                ('bid', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='feedback', to='bids.bid')),
                ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bids.criterion')),
                ('expression', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='feedback', to='bids.expression')),
            ],
            options={
                'ordering': ['criterion__position'],
                'constraints': [models.CheckConstraint(condition=models.Q(('expression__isnull', True), ('bid__isnull', True), _connector='XOR'), name='feedback_on_one_thing'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='feedback_says_why'), models.UniqueConstraint(fields=('expression', 'criterion'), name='feedback_expression_once'), models.UniqueConstraint(fields=('bid', 'criterion'), name='feedback_bid_once')],
            },
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('description', innovation.core.lines.OneLineField(max_length=300)),
                ('due_on', models.DateField()),
                ('bid', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='milestones', to='bids.bid')),
            ],
            options={
                'ordering': ['due_on'],
            },
        ),
        migrations.CreateModel(
            name='ModeratedScore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.PositiveSmallIntegerField()),
                ('reason', innovation.core.fields.Text(max_length=100000)),
                ('moderated_at', models.DateTimeField()),
                ('bid', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moderated_scores', to='bids.bid')),
                ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bids.criterion')),
                ('moderated_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('bid', 'criterion'), name='moderated_score_once'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='moderated_score_reason')],
            },
        ),
        migrations.CreateModel(
            name='MoneyAsked',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('financial_year', models.PositiveSmallIntegerField()),
                ('amount', innovation.core.money.MoneyField()),
                ('expression', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='money', to='bids.expression')),
            ],
            options={
                'ordering': ['financial_year'],
                'constraints': [models.UniqueConstraint(fields=('expression', 'financial_year'), name='money_asked_year_once'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='money_asked_positive')],
            },
        ),
        migrations.CreateModel(
            name='OtherFunding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', innovation.core.lines.OneLineField(max_length=200)),
                ('financial_year', models.PositiveSmallIntegerField()),
                ('amount', innovation.core.money.MoneyField()),
                ('secured', models.BooleanField(default=False)),
                ('bid', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='other_funding', to='bids.bid')),
            ],
        ),
        migrations.CreateModel(
            name='Outcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('description', innovation.core.lines.OneLineField(max_length=300)),
                ('measure', innovation.core.lines.OneLineField(max_length=200)),
                ('baseline', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ('target', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ('due_on', models.DateField(blank=True, null=True)),
                ('bid', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='outcomes', to='bids.bid')),
            ],
        ),
        migrations.CreateModel(
            name='PartnerLetter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', innovation.core.fields.Text(max_length=100000)),
                ('received_on', models.DateField()),
                ('bid', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='partner_letters', to='bids.bid')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('bid', 'organisation'), name='partner_letter_once')],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(help_text='The same question in every version.')),
                ('section', innovation.core.lines.OneLineField(max_length=80)),
                ('position', models.PositiveSmallIntegerField()),
                ('wording', innovation.core.lines.OneLineField(max_length=300)),
                ('hint', innovation.core.fields.Text(blank=True, max_length=100000)),
                ('kind', models.CharField(choices=[('short_text', 'Short text'), ('long_text', 'Long text'), ('number', 'Number'), ('money', 'Money'), ('money_by_year', 'Money by financial year'), ('date', 'Date'), ('one_choice', 'One choice'), ('many_choices', 'Many choices'), ('organisations', 'Organisations'), ('councils', 'Councils'), ('upload', 'Upload'), ('declaration', 'Declaration'), ('title', 'Title'), ('summary', 'Summary of the idea'), ('partners', 'Partner organisations'), ('areas', 'Councils where the work happens'), ('strand', 'Strand'), ('maturity', 'Maturity'), ('idea_type', 'Kind of idea'), ('practice_models', 'Practice models'), ('money_asked', 'Money asked for'), ('support', 'Support needed'), ('barriers', 'Barriers'), ('outcomes', 'Outcomes'), ('sum_asked', 'Sum asked for'), ('costs', 'Costs'), ('other_funding', 'Other funding'), ('milestones', 'Milestones'), ('risks', 'Risks'), ('theory_of_change', 'Theory of change'), ('evaluation_plan', 'Evaluation plan'), ('partner_letters', 'Partner letters')], max_length=20)),
                ('choices', innovation.core.fields.Json(blank=True, default=list, most=1000000)),
                ('required', models.BooleanField(default=True)),
                ('word_limit', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('shown_only_if', innovation.core.fields.Json(blank=True, default=dict, help_text='{"code": "…", "answer": "…"}', most=1000000)),
                ('criterion', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='questions', to='bids.criterion')),
                ('question_set', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='bids.questionset')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('question_set', 'code'), name='question_code_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['one_choice', 'many_choices']), ('choices', []), _connector='OR'), name='question_choices_only_where_chosen'), models.CheckConstraint(condition=models.Q(('kind__in', ['short_text', 'long_text', 'number', 'money', 'money_by_year', 'date', 'one_choice', 'many_choices', 'organisations', 'councils', 'upload', 'declaration', 'title', 'summary', 'partners', 'areas', 'strand', 'maturity', 'idea_type', 'practice_models', 'money_asked', 'support', 'barriers', 'outcomes', 'sum_asked', 'costs', 'other_funding', 'milestones', 'risks', 'theory_of_change', 'evaluation_plan', 'partner_letters'])), name='question_kind'), models.UniqueConstraint(condition=models.Q(('kind__in', ['title', 'summary', 'partners', 'areas', 'strand', 'maturity', 'idea_type', 'practice_models', 'money_asked', 'support', 'barriers', 'outcomes', 'sum_asked', 'costs', 'other_funding', 'milestones', 'risks', 'theory_of_change', 'evaluation_plan', 'partner_letters'])), fields=('question_set', 'kind'), name='question_fact_once')],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', innovation.core.fields.Json(most=1000000)),
                ('saved_at', models.DateTimeField()),
                ('bid', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='bids.bid')),
                ('expression', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='bids.expression')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='bids.question')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('expression__isnull', True), ('bid__isnull', True), _connector='XOR'), name='answer_of_one_thing'), models.UniqueConstraint(fields=('expression', 'question'), name='answer_of_expression_once'), models.UniqueConstraint(fields=('bid', 'question'), name='answer_of_bid_once')],
            },
        ),
        migrations.CreateModel(
            name='Return',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', innovation.core.fields.Text(max_length=100000)),
                ('returned_at', models.DateTimeField()),
                ('bid', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='returns', to='bids.bid')),
                ('returned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['returned_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='return_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Risk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('description', innovation.core.lines.OneLineField(max_length=300)),
                ('likelihood', models.PositiveSmallIntegerField()),
                ('impact', models.PositiveSmallIntegerField()),
                ('mitigation', innovation.core.fields.Text(max_length=100000)),
                ('bid', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='risks', to='bids.bid')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('impact__range', (1, 5)), ('likelihood__range', (1, 5))), name='risk_scale')],
            },
        ),
        migrations.CreateModel(
            name='Score',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('not_applicable', models.BooleanField(default=False)),
                ('justification', innovation.core.fields.Text(max_length=100000)),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scores', to='bids.assessment')),
                ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scores', to='bids.criterion')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('assessment', 'criterion'), name='score_once'), models.CheckConstraint(condition=models.Q(models.Q(('not_applicable', True), ('value__isnull', True)), models.Q(('not_applicable', False), ('value__isnull', False)), _connector='OR'), name='score_or_not_applicable'), models.CheckConstraint(condition=models.Q(('justification', ''), _negated=True), name='score_justified')],
            },
        ),
        migrations.CreateModel(
            name='Envelope',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('ENV'), editable=False, max_length=20, unique=True)),
                ('financial_year', models.PositiveSmallIntegerField(help_text='The year in which it begins: 2014 is April 2014 to March 2015.')),
                ('amount', innovation.core.money.MoneyField()),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='envelopes', to='bids.round')),
                ('strand', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='envelopes', to='bids.strand')),
            ],
            options={
                'ordering': ['financial_year'],
                'constraints': [models.UniqueConstraint(fields=('round', 'strand', 'financial_year'), name='envelope_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='envelope_not_negative'), models.CheckConstraint(condition=models.Q(('financial_year__range', (2010, 2100))), name='envelope_year')],
            },
        ),
        migrations.CreateModel(
            name='SupportNeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('brokering', 'Brokering a partnership'), ('barrier', 'Removing a regulatory barrier'), ('evaluation', 'Evaluation'), ('other', 'Something else')], max_length=12)),
                ('detail', innovation.core.fields.Text(blank=True, max_length=100000)),
                ('expression', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='support', to='bids.expression')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['brokering', 'barrier', 'evaluation', 'other'])), name='support_kind'), models.UniqueConstraint(fields=('expression', 'kind'), name='support_kind_once')],
            },
        ),
        migrations.CreateModel(
            name='AnswerVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField()),
                ('number', models.PositiveIntegerField()),
                ('typed', innovation.core.fields.Json(help_text='{"field": ["text", …]}', most=1000000)),
                ('readable', models.BooleanField()),
                ('set_aside', models.BooleanField(default=False)),
                ('late', models.BooleanField(default=False, help_text='Set aside because the draft had been sent.')),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('autosaved', models.BooleanField(default=False)),
                ('page', models.CharField(blank=True, max_length=64)),
                ('saved_at', models.DateTimeField(null=True)),
                ('bid', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='bids.bid')),
                ('expression', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='bids.expression')),
                ('saved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['code', 'number'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('saved_at__isnull', True), ('saved_by__isnull', True)), models.Q(('saved_at__isnull', False), ('saved_by__isnull', False)), _connector='OR'), name='answer_version_who_and_when'), models.CheckConstraint(condition=models.Q(('expression__isnull', True), ('bid__isnull', True), _connector='XOR'), name='answer_version_of_one_thing'), models.UniqueConstraint(fields=('expression', 'code', 'number'), name='answer_version_of_expression_once'), models.UniqueConstraint(fields=('bid', 'code', 'number'), name='answer_version_of_bid_once'), models.CheckConstraint(condition=models.Q(models.Q(('late', False), ('settled_at__isnull', True)), ('set_aside', True), _connector='OR'), name='answer_version_late_or_settled_only_aside')],
                'indexes': [django.contrib.postgres.indexes.BrinIndex(fields=['saved_at'], name='answer_version_saved')],
            },
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('section', models.SlugField()),
                ('at', models.DateTimeField()),
                ('bid', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='presences', to='bids.bid')),
                ('expression', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='presences', to='bids.expression')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('expression__isnull', True), ('bid__isnull', True), _connector='XOR'), name='presence_in_one_thing'), models.UniqueConstraint(fields=('expression', 'section', 'user'), name='presence_in_expression_once'), models.UniqueConstraint(fields=('bid', 'section', 'user'), name='presence_in_bid_once')],
            },
        ),
        migrations.CreateModel(
            name='ExpectedOutcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('description', innovation.core.lines.OneLineField(max_length=300)),
                ('measure', innovation.core.lines.OneLineField(blank=True, max_length=200)),
                ('expression', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='outcomes', to='bids.expression')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='LateAttempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('LTE'), editable=False, max_length=20, unique=True)),
                ('at', models.DateTimeField()),
                ('closed_at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('expression', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='late_attempts', to='bids.expression')),
            ],
            options={
                'ordering': ['-at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('at__gt', models.F('closed_at'))), name='late_attempt_is_late')],
            },
        ),
        migrations.CreateModel(
            name='LateEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('until', models.DateTimeField()),
                ('reason', innovation.core.fields.Text(max_length=100000)),
                ('given_at', models.DateTimeField()),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='late_entries', to='bids.round')),
            ],
            options={
                'verbose_name_plural': 'late entries',
                'ordering': ['-given_at', '-id'],
                'indexes': [models.Index(fields=['round', 'organisation'], name='late_entry_of_round')],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='late_entry_reason'), models.CheckConstraint(condition=models.Q(('until__gt', models.F('given_at'))), name='late_entry_ends_later')],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('SIG'), editable=False, max_length=20, unique=True)),
                ('office', models.CharField(blank=True, help_text='As it was when they signed.', max_length=100)),
                ('signed_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('bid', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='signatures', to='bids.bid')),
                ('expression', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='signatures', to='bids.expression')),
                ('signed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-signed_at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('expression__isnull', True), ('bid__isnull', True), _connector='XOR'), name='signature_under_one_thing'), models.CheckConstraint(condition=models.Q(('ended_at__isnull', True), ('ended_at__gte', models.F('signed_at')), _connector='OR'), name='signature_ends_after_it_began'), models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('expression',), name='signature_of_expression_once'), models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('bid',), name='signature_of_bid_once')],
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('CMT'), editable=False, max_length=20, unique=True)),
                ('code', models.SlugField(help_text='The question’s, in every version.')),
                ('text', innovation.core.fields.Text(max_length=100000)),
                ('made_at', models.DateTimeField()),
                ('bid', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='bids.bid')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['made_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', True), ('done_by__isnull', True)), models.Q(('done_at__isnull', False), ('done_by__isnull', False)), _connector='OR'), name='comment_done_by')],
            },
        ),
        migrations.CreateModel(
            name='CaseDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('FIL'), editable=False, max_length=20, unique=True)),
                ('code', models.SlugField(help_text="The question's.")),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('bid', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='bids.bid')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document')),
                ('expression', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='bids.expression')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('expression__isnull', True), ('bid__isnull', True), _connector='XOR'), name='case_document_of_one_thing'), models.UniqueConstraint(fields=('expression', 'document'), name='case_document_of_expression_once'), models.UniqueConstraint(fields=('bid', 'document'), name='case_document_of_bid_once')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('MSG'), editable=False, max_length=20, unique=True)),
                ('from_department', models.BooleanField()),
                ('text', innovation.core.fields.Text(max_length=100000)),
                ('written_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('expression', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='bids.expression')),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['written_at', 'id'],
                'indexes': [models.Index(condition=models.Q(('settled_at__isnull', True)), fields=['from_department', 'expression'], name='message_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='message_says_something'), models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('settled_by__isnull', True)), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='message_settled_by')],
            },
        ),
        migrations.CreateModel(
            name='Reopening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('ROP'), editable=False, max_length=20, unique=True)),
                ('reason', innovation.core.fields.Text(max_length=100000)),
                ('reopened_at', models.DateTimeField()),
                ('bid', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reopenings', to='bids.bid')),
                ('reopened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-reopened_at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='reopening_reason')],
            },
        ),
    ]
