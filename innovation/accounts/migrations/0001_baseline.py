"""The tables of this app as one migration, in place of the 11 that made them."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import innovation.accounts.models.role
import innovation.core.fields
import innovation.core.keys
import innovation.core.lines
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('accounts', '0001_initial'), ('accounts', '0002_counters'), ('accounts', '0003_declared_interest'), ('accounts', '0004_what_was_said'), ('accounts', '0005_bounded_text'), ('accounts', '0006_one_line'), ('accounts', '0007_invitations'), ('accounts', '0008_role_grants'), ('accounts', '0009_role_records'), ('accounts', '0010_guards')]

    initial = True

    dependencies = [
        ('audit', '0001_baseline'),
        ('organisations', '0001_baseline'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('USR'), editable=False, max_length=20, unique=True)),
                ('email', models.EmailField(max_length=254, unique=True)),
                ('name', innovation.core.lines.OneLineField(blank=True, max_length=150)),
                ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), blank=True, default=list, size=None)),
                ('is_active', models.BooleanField(default=True)),
                ('date_joined', models.DateTimeField(auto_now_add=True)),
                ('demonstration', models.BooleanField(default=False)),
                ('chain', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='audit.chain')),
                ('declared_interest', models.BooleanField(default=False)),
                ('session_epoch', models.PositiveIntegerField(default=0)),
                ('roles_change_at', models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('roles_change_at__isnull', False)), fields=['roles_change_at'], name='user_roles_change')],
                'constraints': [models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='user_email_lower'), models.CheckConstraint(condition=models.Q(('roles__contained_by', ['administrator', 'analyst', 'applicant', 'board_member', 'board_secretary', 'coach', 'finance', 'grant_manager', 'ministers_office', 'official', 'seed_approver'])), name='user_roles_known')],
            },
        ),
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('TOK'), editable=False, max_length=20, unique=True)),
                ('name', innovation.core.lines.OneLineField(max_length=100)),
                ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), size=None)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='api_tokens', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-created_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('created_at'))), name='token_ends')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('MBR'), editable=False, max_length=20, unique=True)),
                ('standing', models.CharField(choices=[('administrator', 'Administrator'), ('editor', 'Editor'), ('viewer', 'Viewer'), ('authoriser', 'Authoriser')], max_length=20)),
                ('asked_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('confirmed_by', models.CharField(blank=True, max_length=40)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='organisations.organisation')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('claimed_number', innovation.core.lines.OneLineField(blank=True, max_length=40)),
                ('claimed_scheme', models.CharField(blank=True, max_length=20)),
                ('job_title', innovation.core.lines.OneLineField(blank=True, max_length=100)),
                ('office', models.CharField(blank=True, choices=[('childrens_director', 'Director of children’s services'), ('section_151', 'Section 151 officer'), ('chief_executive', 'Chief executive'), ('finance_director', 'Finance director'), ('director', 'Director of the company'), ('trustee', 'Chair or trustee')], max_length=20)),
                ('said', innovation.core.fields.Text(blank=True, max_length=100000)),
            ],
            options={
                'ordering': ['asked_at', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('standing__in', ['administrator', 'editor', 'viewer', 'authoriser'])), name='membership_standing'), models.UniqueConstraint(fields=('user', 'organisation'), name='membership_once'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by', '')), models.Q(('confirmed_at__isnull', False), models.Q(('confirmed_by', ''), _negated=True)), _connector='OR'), name='membership_confirmed_by_somebody'), models.CheckConstraint(condition=models.Q(('office__in', ['', 'childrens_director', 'section_151', 'chief_executive', 'finance_director', 'director', 'trustee'])), name='membership_office'), models.CheckConstraint(condition=models.Q(('office', ''), ('standing__in', ['authoriser', 'administrator']), _connector='OR'), name='membership_office_signs'), models.CheckConstraint(condition=models.Q(models.Q(('claimed_number', ''), ('claimed_scheme', '')), models.Q(models.Q(('claimed_scheme', ''), _negated=True), models.Q(('claimed_number', ''), _negated=True)), _connector='OR'), name='membership_claims_number')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('INV'), editable=False, max_length=20, unique=True)),
                ('email', models.EmailField(max_length=254)),
                ('name', innovation.core.lines.OneLineField(max_length=150)),
                ('standing', models.CharField(choices=[('administrator', 'Administrator'), ('editor', 'Editor'), ('viewer', 'Viewer'), ('authoriser', 'Authoriser')], max_length=20)),
                ('office', models.CharField(blank=True, choices=[('childrens_director', 'Director of children’s services'), ('section_151', 'Section 151 officer'), ('chief_executive', 'Chief executive'), ('finance_director', 'Finance director'), ('director', 'Director of the company'), ('trustee', 'Chair or trustee')], max_length=20)),
                ('invited_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('accepted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='organisations.organisation')),
            ],
            options={
                'ordering': ['-invited_at', '-id'],
                'indexes': [models.Index(fields=['email'], name='invitation_to')],
                'constraints': [models.CheckConstraint(condition=models.Q(('standing__in', ['administrator', 'editor', 'viewer', 'authoriser'])), name='invitation_standing'), models.CheckConstraint(condition=models.Q(('office__in', ['', 'childrens_director', 'section_151', 'chief_executive', 'finance_director', 'director', 'trustee'])), name='invitation_office'), models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='invitation_email_lower'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('organisation', 'email'), name='invitation_open_once'), models.CheckConstraint(condition=models.Q(('accepted_by', None), ('ended_at__isnull', False), _connector='OR'), name='invitation_accepted_is_ended')],
            },
        ),
        migrations.CreateModel(
            name='RoleRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('RRQ'), editable=False, max_length=20, unique=True)),
                ('role', models.CharField(max_length=30)),
                ('change', models.CharField(choices=[('give', 'Give'), ('take', 'Take away')], max_length=10)),
                ('reason', innovation.core.fields.Text(max_length=100000)),
                ('starts_at', models.DateTimeField(help_text='When it is meant to be so.')),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('asked_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('waiting', 'Waiting for a second person'), ('done', 'Done'), ('refused', 'Refused'), ('taken_back', 'Taken back')], default='waiting', max_length=10)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answer', innovation.core.fields.Text(blank=True, max_length=100000)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='role_requests', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-asked_at', '-id'],
                'indexes': [models.Index(fields=['-asked_at', '-id'], name='role_request_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('change__in', ['give', 'take'])), name='role_request_change'), models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'done', 'refused', 'taken_back'])), name='role_request_state'), models.CheckConstraint(condition=models.Q(('role__in', ['administrator', 'analyst', 'applicant', 'board_member', 'board_secretary', 'coach', 'finance', 'grant_manager', 'ministers_office', 'official', 'seed_approver'])), name='role_request_role'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='role_request_reason'), models.CheckConstraint(condition=models.Q(('ends_at__isnull', True), ('ends_at__gt', models.F('starts_at')), _connector='OR'), name='role_request_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(models.Q(('asked_by', models.F('user')), _negated=True), models.Q(('answered_by__isnull', True), models.Q(('answered_by', models.F('user')), _negated=True), _connector='OR')), name='role_request_never_ones_own'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), models.Q(('role__in', ['administrator', 'analyst', 'board_secretary', 'finance', 'grant_manager', 'ministers_office', 'official', 'seed_approver']), _negated=True), models.Q(('answered_by', models.F('asked_by')), _negated=True), _connector='OR'), name='role_request_two_people'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='role_request_answered_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='role_request_answered_by'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='role_request_refused_with_reason'), models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('user', 'role'), name='role_request_waits_once')],
            },
            bases=(innovation.accounts.models.role.TimeLimitedRole, models.Model),
        ),
        migrations.CreateModel(
            name='RoleGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('RGR'), editable=False, max_length=20, unique=True)),
                ('role', models.CharField(max_length=30)),
                ('origin', models.CharField(choices=[('request', 'Asked for'), ('joined', 'Signed up or was invited'), ('service', 'Made on the service’s machine'), ('carried_over', 'Held before this was recorded')], max_length=20)),
                ('reason', innovation.core.fields.Text(blank=True, help_text='Where no request says it.', max_length=100000)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('begun_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('warned_at', models.DateTimeField(blank=True, help_text='When its holder was told of the end.', null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='role_grants', to=settings.AUTH_USER_MODEL)),
                ('given', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='grant', to='accounts.rolerequest')),
                ('taken', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='taken_from', to='accounts.rolerequest')),
            ],
            options={
                'ordering': ['-starts_at', '-id'],
                'indexes': [models.Index(fields=['-starts_at', '-id'], name='role_grant_newest'), models.Index(condition=models.Q(('begun_at__isnull', True), ('ended_at__isnull', True)), fields=['starts_at'], name='role_grant_to_begin'), models.Index(condition=models.Q(('ended_at__isnull', True), ('ends_at__isnull', False)), fields=['ends_at'], name='role_grant_to_end')],
                'constraints': [models.CheckConstraint(condition=models.Q(('origin__in', ['request', 'joined', 'service', 'carried_over'])), name='role_grant_origin'), models.CheckConstraint(condition=models.Q(('role__in', ['administrator', 'analyst', 'applicant', 'board_member', 'board_secretary', 'coach', 'finance', 'grant_manager', 'ministers_office', 'official', 'seed_approver'])), name='role_grant_role'), models.CheckConstraint(condition=models.Q(models.Q(('given__isnull', False), ('origin', 'request')), models.Q(models.Q(('origin', 'request'), _negated=True), ('given__isnull', True)), _connector='OR'), name='role_grant_asked_for'), models.CheckConstraint(condition=models.Q(models.Q(('origin', 'joined'), _negated=True), models.Q(('role__in', ['administrator', 'analyst', 'board_secretary', 'finance', 'grant_manager', 'ministers_office', 'official', 'seed_approver']), _negated=True), _connector='OR'), name='role_grant_nobody_joins_with_power'), models.CheckConstraint(condition=models.Q(('ends_at__isnull', True), ('ends_at__gt', models.F('starts_at')), _connector='OR'), name='role_grant_ends_after_it_starts'), models.UniqueConstraint(condition=models.Q(('begun_at__isnull', False), ('ended_at__isnull', True)), fields=('user', 'role'), name='role_grant_in_force_once')],
            },
            bases=(innovation.accounts.models.role.TimeLimitedRole, models.Model),
        ),
    ]
