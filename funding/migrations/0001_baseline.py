"""The tables of this app as one migration, in place of the 12 that made them."""

import django.db.models.deletion
import innovation.core.fields
import innovation.core.keys
import innovation.core.lines
import innovation.core.money
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('funding', '0001_initial'), ('funding', '0002_imports'), ('funding', '0003_interest_marks_member'), ('funding', '0004_report_title_once'), ('funding', '0005_seed_grants_given'), ('funding', '0006_withdrawn_offers'), ('funding', '0007_bounded_text'), ('funding', '0008_one_line'), ('funding', '0009_envelopes_and_meetings_in_use'), ('funding', '0010_money_line_once'), ('funding', '0011_guards')]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('audit', '0001_baseline'),
        ('bids', '0001_baseline'),
        ('organisations', '0001_baseline'),
    ]

    operations = [
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('MTG'), editable=False, max_length=20, unique=True)),
                ('title', innovation.core.lines.OneLineField(max_length=120)),
                ('starts_at', models.DateTimeField()),
                ('quorum', models.PositiveSmallIntegerField(default=3)),
                ('state', models.CharField(choices=[('planned', 'planned'), ('papers_out', 'papers out'), ('held', 'held'), ('minuted', 'minuted')], default='planned', max_length=12)),
                ('minutes', innovation.core.fields.Text(blank=True, max_length=100000)),
                ('chain', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='audit.chain')),
            ],
            options={
                'ordering': ['-starts_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'papers_out', 'held', 'minuted'])), name='meeting_state'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'minuted'), _negated=True), models.Q(('minutes', ''), _negated=True), _connector='OR'), name='meeting_minuted_has_minutes'), models.CheckConstraint(condition=models.Q(('quorum__gte', 1)), name='meeting_quorum')],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('present', models.BooleanField(null=True)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendance', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendance', to='funding.meeting')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('meeting', 'member'), name='attendance_once')],
            },
        ),
        migrations.CreateModel(
            name='Award',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('AWD'), editable=False, max_length=20, unique=True)),
                ('title', innovation.core.lines.OneLineField(max_length=200)),
                ('summary', innovation.core.fields.Text(blank=True, max_length=100000)),
                ('lead_as_published', innovation.core.lines.OneLineField(blank=True, max_length=200)),
                ('focus_area', innovation.core.lines.OneLineField(blank=True, max_length=120)),
                ('idea_as_published', innovation.core.lines.OneLineField(blank=True, max_length=120)),
                ('state', models.CharField(choices=[('offered', 'offered'), ('accepted', 'accepted'), ('active', 'active'), ('suspended', 'suspended'), ('closing', 'closing'), ('closed', 'closed'), ('declined', 'declined'), ('withdrawn', 'withdrawn'), ('terminated', 'terminated'), ('recorded', 'recorded')], max_length=12)),
                ('amount', innovation.core.money.MoneyField(blank=True, null=True)),
                ('amount_precision', models.CharField(blank=True, choices=[('exact', 'exactly'), ('more than', 'more than'), ('up to', 'up to'), ('about', 'about'), ('almost', 'almost'), ('estimated', 'an estimated')], max_length=10)),
                ('amount_note', innovation.core.lines.OneLineField(blank=True, max_length=200)),
                ('dated_on', models.DateField()),
                ('date_precision', models.CharField(choices=[('day', 'Day'), ('month', 'Month'), ('year', 'Year')], max_length=5)),
                ('date_kind', innovation.core.lines.OneLineField(max_length=60)),
                ('announced_on', models.DateField(blank=True, null=True)),
                ('source', innovation.core.lines.OneLineField(blank=True, max_length=400)),
                ('confidence', models.CharField(blank=True, max_length=10)),
                ('notes', innovation.core.fields.Text(blank=True, max_length=100000)),
                ('demonstration', models.BooleanField(default=False)),
                ('bid', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='award', to='bids.bid')),
                ('chain', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='award', to='audit.chain')),
                ('councils', models.ManyToManyField(blank=True, related_name='awards', to='organisations.council')),
                ('follows', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='followed_by', to='funding.award')),
                ('idea_type', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='awards', to='bids.ideatype')),
                ('lead', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='awards', to='organisations.organisation')),
                ('partners', models.ManyToManyField(blank=True, related_name='partner_awards', to='organisations.organisation')),
                ('practice_models', models.ManyToManyField(blank=True, related_name='awards', to='bids.practicemodel')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='awards', to='bids.round')),
            ],
            options={
                'ordering': ['-dated_on', '-id'],
                'indexes': [models.Index(models.OrderBy(models.F('announced_on'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('announced_on__isnull', False)), name='award_announced'), models.Index(models.OrderBy(models.F('dated_on'), descending=True), models.OrderBy(models.F('id'), descending=True), name='award_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amount__isnull', True), ('amount_precision', '')), models.Q(('amount__isnull', False), models.Q(('amount_precision', ''), _negated=True)), _connector='OR'), name='award_amount_with_precision'), models.CheckConstraint(condition=models.Q(('amount__isnull', True), ('amount__gt', 0), _connector='OR'), name='award_amount_positive'), models.CheckConstraint(condition=models.Q(('date_precision__in', ['day', 'month', 'year'])), name='award_date_precision'), models.CheckConstraint(condition=models.Q(models.Q(('bid__isnull', True), ('state', 'recorded')), models.Q(models.Q(('state', 'recorded'), _negated=True), ('bid__isnull', False)), _connector='OR'), name='award_recorded_has_no_bid'), models.CheckConstraint(condition=models.Q(('bid__isnull', False), models.Q(('source', ''), _negated=True), _connector='OR'), name='award_recorded_has_source'), models.UniqueConstraint(condition=models.Q(('bid__isnull', True)), fields=('title', 'round', 'lead_as_published'), name='award_recorded_once'), models.CheckConstraint(condition=models.Q(('state__in', ['offered', 'accepted', 'active', 'suspended', 'closing', 'closed', 'declined', 'withdrawn', 'terminated', 'recorded'])), name='award_state')],
            },
        ),
        migrations.CreateModel(
            name='AwardReason',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('declined', 'Why the offer was declined'), ('withdrawn', 'Why the offer was withdrawn'), ('suspended', 'Why payments were stopped for now'), ('terminated', 'Why the grant was ended early'), ('lesson', 'What was learned')], max_length=10)),
                ('text', innovation.core.fields.Text(max_length=100000)),
                ('given_at', models.DateTimeField()),
                ('award', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reasons', to='funding.award')),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['given_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='award_reason_says_why'), models.CheckConstraint(condition=models.Q(('kind__in', ['declined', 'withdrawn', 'suspended', 'terminated', 'lesson'])), name='award_reason_kind')],
            },
        ),
        migrations.CreateModel(
            name='AwardYear',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('financial_year', models.PositiveSmallIntegerField()),
                ('amount', innovation.core.money.MoneyField()),
                ('award', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='years', to='funding.award')),
            ],
            options={
                'ordering': ['financial_year'],
                'constraints': [models.UniqueConstraint(fields=('award', 'financial_year'), name='award_year_once'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='award_year_positive')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('DEC'), editable=False, max_length=20, unique=True)),
                ('verdict', models.CharField(choices=[('approve', 'Approve'), ('decline', 'Decline')], max_length=8)),
                ('reason', innovation.core.fields.Text(blank=True, max_length=100000)),
                ('departs_from_advice', models.BooleanField(default=False)),
                ('overspend_reason', innovation.core.fields.Text(blank=True, max_length=100000)),
                ('overspend_by', models.CharField(blank=True, max_length=40)),
                ('decided_at', models.DateTimeField()),
                ('bid', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='bids.bid')),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('verdict__in', ['approve', 'decline'])), name='decision_verdict'), models.CheckConstraint(condition=models.Q(('departs_from_advice', False), models.Q(('reason', ''), _negated=True), _connector='OR'), name='decision_departing_has_reason'), models.CheckConstraint(condition=models.Q(models.Q(('overspend_by', ''), ('overspend_reason', '')), models.Q(models.Q(('overspend_reason', ''), _negated=True), models.Q(('overspend_by', ''), _negated=True)), _connector='OR'), name='decision_overspend_is_named')],
            },
        ),
        migrations.CreateModel(
            name='DecidedAmount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('financial_year', models.PositiveSmallIntegerField()),
                ('amount', innovation.core.money.MoneyField()),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='amounts', to='funding.decision')),
            ],
            options={
                'ordering': ['financial_year'],
                'constraints': [models.UniqueConstraint(fields=('decision', 'financial_year'), name='decided_year_once'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='decided_positive')],
            },
        ),
        migrations.CreateModel(
            name='Evaluation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agreed_at', models.DateTimeField()),
                ('award', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='evaluation', to='funding.award')),
                ('evaluator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='organisations.organisation')),
                ('lead', models.ForeignKey(help_text='Who delivers.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('evaluator', models.F('lead')), _negated=True), name='evaluator_is_independent')],
            },
        ),
        migrations.CreateModel(
            name='EvaluationReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('EVR'), editable=False, max_length=20, unique=True)),
                ('number', models.PositiveSmallIntegerField(blank=True, null=True, unique=True)),
                ('title', innovation.core.lines.OneLineField(max_length=200)),
                ('round_number', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('published_on', models.DateField()),
                ('published_precision', models.CharField(choices=[('day', 'Day'), ('month', 'Month'), ('year', 'Year')], max_length=5)),
                ('authors', innovation.core.lines.OneLineField(blank=True, max_length=300)),
                ('held_at', innovation.core.lines.OneLineField(blank=True, max_length=200)),
                ('source', innovation.core.lines.OneLineField(max_length=200)),
                ('award', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evaluation_reports', to='funding.award')),
            ],
            options={
                'ordering': ['-published_on', 'title'],
                'constraints': [models.CheckConstraint(condition=models.Q(('published_precision__in', ['day', 'month', 'year'])), name='evaluation_report_precision'), models.UniqueConstraint(fields=('title',), name='evaluation_report_title_once')],
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', innovation.core.lines.OneLineField(max_length=200)),
                ('direction', models.CharField(choices=[('better', 'Better'), ('same', 'No difference'), ('worse', 'Worse'), ('unclear', 'Unclear')], max_length=8)),
                ('strength', models.CharField(choices=[('strong', 'Strong'), ('moderate', 'Moderate'), ('weak', 'Weak')], max_length=8)),
                ('cost', innovation.core.lines.OneLineField(blank=True, max_length=200)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='funding.evaluationreport')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('direction__in', ['better', 'same', 'worse', 'unclear'])), name='finding_direction'), models.CheckConstraint(condition=models.Q(('strength__in', ['strong', 'moderate', 'weak'])), name='finding_strength')],
            },
        ),
        migrations.CreateModel(
            name='Interest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('INT'), editable=False, max_length=20, unique=True)),
                ('nature', innovation.core.fields.Text(max_length=100000)),
                ('mitigation', models.CharField(choices=[('leaves', 'Takes no part and leaves the room'), ('none_needed', 'No action needed')], max_length=12)),
                ('declared_at', models.DateTimeField()),
                ('agreed_by', models.CharField(max_length=40)),
                ('agreed_at', models.DateTimeField()),
                ('bid', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interests', to='bids.bid')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interests', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('bid', 'member'), name='interest_once'), models.CheckConstraint(condition=models.Q(('mitigation__in', ['leaves', 'none_needed'])), name='interest_mitigation'), models.CheckConstraint(condition=models.Q(models.Q(('nature', ''), _negated=True), models.Q(('agreed_by', ''), _negated=True)), name='interest_is_recorded')],
            },
        ),
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('ITM'), editable=False, max_length=20, unique=True)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('paper', innovation.core.fields.Text(help_text="The department's advice to the Board.", max_length=100000)),
                ('deferred_at', models.DateTimeField(blank=True, null=True)),
                ('deferral_reason', innovation.core.fields.Text(blank=True, max_length=100000)),
                ('bid', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agenda_items', to='bids.bid')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='funding.meeting')),
            ],
            options={
                'ordering': ['position', 'id'],
                'constraints': [models.UniqueConstraint(fields=('meeting', 'bid'), name='agenda_item_once'), models.UniqueConstraint(condition=models.Q(('deferred_at__isnull', True)), fields=('bid',), name='agenda_item_one_live'), models.CheckConstraint(condition=models.Q(models.Q(('deferral_reason', ''), ('deferred_at__isnull', True)), models.Q(('deferred_at__isnull', False), models.Q(('deferral_reason', ''), _negated=True)), _connector='OR'), name='agenda_item_deferred_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='MoneyLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('financial_year', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('status', models.CharField(choices=[('pipeline', 'Pipeline'), ('recommended', 'Recommended'), ('approved', 'Approved'), ('agreed', 'Agreed'), ('paid', 'Paid'), ('recovered', 'Recovered')], max_length=12)),
                ('amount', innovation.core.money.MoneyField()),
                ('precision', models.CharField(choices=[('exact', 'exactly'), ('more than', 'more than'), ('up to', 'up to'), ('about', 'about'), ('almost', 'almost'), ('estimated', 'an estimated')], default='exact', max_length=10)),
                ('source', innovation.core.lines.OneLineField(max_length=300)),
                ('recorded_at', models.DateTimeField()),
                ('award', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='money_lines', to='funding.award')),
                ('bid', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='money_lines', to='bids.bid')),
                ('envelope', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='bids.envelope')),
            ],
            options={
                'ordering': ['financial_year', 'id'],
                'indexes': [models.Index(fields=['envelope', 'financial_year', 'status'], name='money_envelope')],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['pipeline', 'recommended', 'approved', 'agreed', 'paid', 'recovered'])), name='money_status'), models.CheckConstraint(condition=models.Q(('precision__in', ['exact', 'more than', 'up to', 'about', 'almost', 'estimated'])), name='money_precision'), models.CheckConstraint(condition=models.Q(('bid__isnull', False), ('award__isnull', False), _connector='OR'), name='money_of_a_case'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='money_has_source'), models.UniqueConstraint(condition=models.Q(('bid__isnull', False)), fields=('bid', 'status', 'source', 'financial_year'), name='money_line_once')],
            },
        ),
        migrations.CreateModel(
            name='MonitoringReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('RPT'), editable=False, max_length=20, unique=True)),
                ('period', innovation.core.lines.OneLineField(max_length=60)),
                ('due_on', models.DateField()),
                ('progress', innovation.core.fields.Text(blank=True, max_length=100000)),
                ('handed_in_at', models.DateTimeField(blank=True, null=True)),
                ('award', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='monitoring_reports', to='funding.award')),
                ('handed_in_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['due_on'],
                'constraints': [models.UniqueConstraint(fields=('award', 'period'), name='monitoring_period_once'), models.CheckConstraint(condition=models.Q(models.Q(('handed_in_at__isnull', True), ('handed_in_by__isnull', True)), models.Q(('handed_in_at__isnull', False), ('handed_in_by__isnull', False)), _connector='OR'), name='monitoring_handed_in'), models.CheckConstraint(condition=models.Q(('handed_in_at__isnull', True), models.Q(('progress', ''), _negated=True), _connector='OR'), name='monitoring_says_something')],
            },
        ),
        migrations.CreateModel(
            name='Opinion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', innovation.core.fields.Text(max_length=100000)),
                ('given_at', models.DateTimeField()),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opinions', to='funding.agendaitem')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opinions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['given_at'],
                'constraints': [models.UniqueConstraint(fields=('item', 'member'), name='opinion_once')],
            },
        ),
        migrations.CreateModel(
            name='OutcomeActual',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.DecimalField(decimal_places=2, max_digits=12)),
                ('outcome', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actuals', to='bids.outcome')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='actuals', to='funding.monitoringreport')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('outcome', 'report'), name='actual_once')],
            },
        ),
        migrations.CreateModel(
            name='Payment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('PAY'), editable=False, max_length=20, unique=True)),
                ('instalment', models.PositiveSmallIntegerField()),
                ('financial_year', models.PositiveSmallIntegerField()),
                ('amount', innovation.core.money.MoneyField()),
                ('due_on', models.DateField()),
                ('state', models.CharField(choices=[('planned', 'planned'), ('requested', 'requested'), ('paid', 'paid'), ('refused', 'refused'), ('recovered', 'recovered')], default='planned', max_length=10)),
                ('requested_at', models.DateTimeField(blank=True, null=True)),
                ('released_at', models.DateTimeField(blank=True, null=True)),
                ('refusal_reason', innovation.core.fields.Text(blank=True, max_length=100000)),
                ('recovery_reason', innovation.core.fields.Text(blank=True, max_length=100000)),
                ('reconciled_at', models.DateTimeField(blank=True, null=True)),
                ('bank_reference', innovation.core.lines.OneLineField(blank=True, max_length=60)),
                ('award', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='funding.award')),
                ('released_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('requested_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['award', 'instalment'],
                'indexes': [models.Index(fields=['state', 'due_on'], name='payment_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'requested', 'paid', 'refused', 'recovered'])), name='payment_state'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='payment_positive'), models.UniqueConstraint(fields=('award', 'instalment'), name='payment_instalment_once'), models.CheckConstraint(condition=models.Q(models.Q(('requested_at__isnull', True), ('requested_by__isnull', True)), models.Q(('requested_at__isnull', False), ('requested_by__isnull', False)), _connector='OR'), name='payment_requested'), models.CheckConstraint(condition=models.Q(models.Q(('released_at__isnull', True), ('released_by__isnull', True)), models.Q(('released_at__isnull', False), ('released_by__isnull', False)), _connector='OR'), name='payment_released'), models.CheckConstraint(condition=models.Q(('released_by__isnull', True), models.Q(('released_by', models.F('requested_by')), _negated=True), _connector='OR'), name='payment_released_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['paid', 'recovered']), _negated=True), models.Q(('released_at__isnull', False), ('requested_at__isnull', False)), _connector='OR'), name='payment_paid_was_released'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('refusal_reason', ''), _negated=True), _connector='OR'), name='payment_refused_has_reason'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'recovered'), _negated=True), models.Q(('recovery_reason', ''), _negated=True), _connector='OR'), name='payment_recovered_has_reason'), models.CheckConstraint(condition=models.Q(models.Q(('bank_reference', ''), ('reconciled_at__isnull', True)), models.Q(('reconciled_at__isnull', False), ('released_at__isnull', False), models.Q(('bank_reference', ''), _negated=True)), _connector='OR'), name='payment_reconciled_with_reference')],
            },
        ),
        migrations.CreateModel(
            name='Recommendation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('REC'), editable=False, max_length=20, unique=True)),
                ('outcome', models.CharField(choices=[('fund', 'Fund'), ('fund_less', 'Fund a smaller amount'), ('fund_with_conditions', 'Fund with conditions'), ('seed_first', 'Seed grant first'), ('decline', 'Decline')], max_length=22)),
                ('reasons', innovation.core.fields.Text(max_length=100000)),
                ('conditions', innovation.core.fields.Text(blank=True, max_length=100000)),
                ('dissent', innovation.core.fields.Text(blank=True, max_length=100000)),
                ('recorded_at', models.DateTimeField()),
                ('bid', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='recommendation', to='bids.bid')),
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='recommendation', to='funding.agendaitem')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', ['fund', 'fund_less', 'fund_with_conditions', 'seed_first', 'decline'])), name='recommendation_outcome'), models.CheckConstraint(condition=models.Q(('reasons', ''), _negated=True), name='recommendation_reasons'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'fund_with_conditions'), _negated=True), models.Q(('conditions', ''), _negated=True), _connector='OR'), name='recommendation_conditions')],
            },
        ),
        migrations.CreateModel(
            name='RecommendedAmount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('financial_year', models.PositiveSmallIntegerField()),
                ('amount', innovation.core.money.MoneyField()),
                ('recommendation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='amounts', to='funding.recommendation')),
            ],
            options={
                'ordering': ['financial_year'],
                'constraints': [models.UniqueConstraint(fields=('recommendation', 'financial_year'), name='recommended_year_once'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='recommended_positive')],
            },
        ),
        migrations.CreateModel(
            name='Variation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('VAR'), editable=False, max_length=20, unique=True)),
                ('what_changes', innovation.core.fields.Text(max_length=100000)),
                ('reason', innovation.core.fields.Text(max_length=100000)),
                ('state', models.CharField(choices=[('asked', 'asked'), ('agreed', 'agreed'), ('refused', 'refused')], default='asked', max_length=8)),
                ('asked_at', models.DateTimeField()),
                ('answer', innovation.core.fields.Text(blank=True, max_length=100000)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('award', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='variations', to='funding.award')),
            ],
            options={
                'ordering': ['asked_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('state', 'asked')), models.Q(models.Q(('state', 'asked'), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='variation_answered'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='variation_refused_has_reason'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='variation_answered_by')],
            },
        ),
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('IMP'), editable=False, max_length=20, unique=True)),
                ('file_name', innovation.core.lines.OneLineField(max_length=200)),
                ('digest', models.CharField(max_length=64)),
                ('content', models.BinaryField(null=True)),
                ('state', models.CharField(choices=[('checked', 'Checked, can be applied'), ('refused', 'Has problems'), ('applied', 'Applied'), ('failed', 'Stopped')], max_length=10)),
                ('rows', models.PositiveIntegerField(default=0)),
                ('expressions', models.PositiveIntegerField(default=0)),
                ('awards', models.PositiveIntegerField(default=0)),
                ('unchanged', models.PositiveIntegerField(default=0)),
                ('problems', innovation.core.fields.Json(default=list, most=1000000)),
                ('notices', innovation.core.fields.Json(default=list, most=1000000)),
                ('received_at', models.DateTimeField()),
                ('applied_at', models.DateTimeField(null=True)),
                ('applied_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('chain', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='audit.chain')),
                ('received_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['checked', 'refused', 'applied', 'failed'])), name='import_state'), models.CheckConstraint(condition=models.Q(models.Q(('applied_at__isnull', True), ('applied_by__isnull', True)), models.Q(('applied_at__isnull', False), ('applied_by__isnull', False)), _connector='OR'), name='import_applied_by'), models.CheckConstraint(condition=models.Q(models.Q(('applied_at__isnull', False), ('state', 'applied')), models.Q(models.Q(('state', 'applied'), _negated=True), ('applied_at__isnull', True)), _connector='OR'), name='import_applied_at'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['refused', 'failed']), _negated=True), models.Q(('problems', []), _negated=True), _connector='OR'), name='import_says_what_is_wrong')],
            },
        ),
        migrations.CreateModel(
            name='ImportedCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=10)),
                ('sheet_id', innovation.core.lines.OneLineField(max_length=100)),
                ('digest', models.CharField(max_length=64)),
                ('subject', models.CharField(max_length=40)),
                ('imported', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='funding.import')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'sheet_id'), name='imported_case_once')],
            },
        ),
        migrations.AddField(
            model_name='meeting',
            name='members',
            field=models.ManyToManyField(related_name='meetings', through='funding.Attendance', to=settings.AUTH_USER_MODEL),
        ),
    ]
