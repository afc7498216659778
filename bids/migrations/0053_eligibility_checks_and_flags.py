"""Give a round eligibility checks, and let officials record them and raise flags."""

import django.db.models.deletion
import innovation.core.fields
import innovation.core.keys
import innovation.core.lines
from django.conf import settings
from django.db import migrations, models


GUARDS = """
CREATE OR REPLACE FUNCTION audit_facts_bids_checkresult(r bids_checkresult)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'eligibility_check_id', r.eligibility_check_id,
        'expression_id', r.expression_id,
        'outcome', r.outcome,
        'note', audit_digest(r.note),
        'reason', audit_digest(r.reason),
        'recorded_by_id', r.recorded_by_id,
        'recorded_at', audit_moment(r.recorded_at))
$$;
CREATE OR REPLACE FUNCTION audit_facts_bids_eligibilitycheck(r bids_eligibilitycheck)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'round_id', r.round_id,
        'wording', audit_digest(r.wording),
        'guidance', audit_digest(r.guidance),
        'position', r.position,
        'ended_because', audit_digest(r.ended_because),
        'ended_by_id', r.ended_by_id,
        'ended_at', audit_moment(r.ended_at))
$$;
CREATE OR REPLACE FUNCTION audit_facts_bids_flag(r bids_flag)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'expression_id', r.expression_id,
        'team', r.team,
        'reason', audit_digest(r.reason),
        'raised_by_id', r.raised_by_id,
        'raised_at', audit_moment(r.raised_at),
        'resolution', audit_digest(r.resolution),
        'resolved_by_id', r.resolved_by_id,
        'resolved_at', audit_moment(r.resolved_at))
$$;
CREATE OR REPLACE FUNCTION audit_facts_bids_triageexception(r bids_triageexception)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'expression_id', r.expression_id,
        'reason', audit_digest(r.reason),
        'given_by_id', r.given_by_id,
        'given_at', audit_moment(r.given_at))
$$;
CREATE OR REPLACE FUNCTION audit_note_bids_checkresult() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_checkresult;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_checkresult(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_checkresult(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_expression WHERE id = r.expression_id),
        0),
        'bids_checkresult', r.id, stated);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION audit_note_bids_checkresult() FROM PUBLIC;
CREATE OR REPLACE FUNCTION audit_note_bids_eligibilitycheck() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_eligibilitycheck;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_eligibilitycheck(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_eligibilitycheck(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_round WHERE id = r.round_id),
        0),
        'bids_eligibilitycheck', r.id, stated);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION audit_note_bids_eligibilitycheck() FROM PUBLIC;
CREATE OR REPLACE FUNCTION audit_note_bids_flag() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_flag;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_flag(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_flag(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_expression WHERE id = r.expression_id),
        0),
        'bids_flag', r.id, stated);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION audit_note_bids_flag() FROM PUBLIC;
CREATE OR REPLACE FUNCTION audit_note_bids_triageexception() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_triageexception;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_triageexception(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_triageexception(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_expression WHERE id = r.expression_id),
        0),
        'bids_triageexception', r.id, stated);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION audit_note_bids_triageexception() FROM PUBLIC;
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_checkresult
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_checkresult();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_eligibilitycheck
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_eligibilitycheck();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_flag
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_flag();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_triageexception
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_triageexception();
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON bids_eligibilitycheck
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_eligibilitycheck
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.round_id) IS DISTINCT FROM (NEW.id, NEW.key, NEW.round_id)
        OR (OLD.wording, OLD.guidance, OLD.position) IS DISTINCT FROM (NEW.wording, NEW.guidance, NEW.position) AND (OLD.ended_at IS NULL) IS NOT TRUE
        OR (OLD.ended_because, OLD.ended_by_id, OLD.ended_at) IS DISTINCT FROM (NEW.ended_because, NEW.ended_by_id, NEW.ended_at) AND (OLD.ended_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON bids_eligibilitycheck
    FOR EACH ROW
    WHEN ((NEW.ended_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_round BEFORE UPDATE ON bids_eligibilitycheck
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_round', 'round_id',
        '(($1).wording, ($1).guidance) = (($2).wording, ($2).guidance) OR NOT EXISTS (SELECT FROM bids_checkresult WHERE eligibility_check_id = ($1).id)', 'FOR NO KEY UPDATE OF parent');
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON bids_checkresult
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_expression BEFORE INSERT ON bids_checkresult
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_expression', 'expression_id',
        'parent.submitted_at IS NOT NULL', 'FOR SHARE OF parent');
CREATE TRIGGER guard_within_eligibility_check BEFORE INSERT ON bids_checkresult
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_eligibilitycheck', 'eligibility_check_id',
        'parent.round_id = ( SELECT round_id FROM bids_expression WHERE id = ($2).expression_id) AND (($2).reason <> '''' OR NOT EXISTS ( SELECT FROM bids_checkresult WHERE expression_id = ($2).expression_id AND eligibility_check_id = parent.id))', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON bids_flag
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_flag
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.expression_id, OLD.team, OLD.reason, OLD.raised_by_id, OLD.raised_at) IS DISTINCT FROM (NEW.id, NEW.key, NEW.expression_id, NEW.team, NEW.reason, NEW.raised_by_id, NEW.raised_at)
        OR (OLD.resolution, OLD.resolved_by_id, OLD.resolved_at) IS DISTINCT FROM (NEW.resolution, NEW.resolved_by_id, NEW.resolved_at) AND (OLD.resolved_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON bids_flag
    FOR EACH ROW
    WHEN ((NEW.resolved_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_expression BEFORE INSERT ON bids_flag
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_expression', 'expression_id',
        'parent.submitted_at IS NOT NULL', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON bids_triageexception
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_expression BEFORE INSERT ON bids_triageexception
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_expression', 'expression_id',
        'parent.state = ''taken_forward''', 'FOR SHARE OF parent');
"""


class Migration(migrations.Migration):

    dependencies = [
        ('bids', '0052_batch_index'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='EligibilityCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('CHK'), editable=False, max_length=20, unique=True)),
                ('wording', innovation.core.lines.OneLineField(max_length=200)),
                ('guidance', innovation.core.fields.Text(blank=True, max_length=100000)),
                ('position', models.PositiveSmallIntegerField(default=1)),
                ('ended_because', innovation.core.fields.Text(blank=True, max_length=100000)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='eligibility_checks', to='bids.round')),
            ],
            options={
                'ordering': ['position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='CheckResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('CKR'), editable=False, max_length=20, unique=True)),
                ('outcome', models.CharField(choices=[('met', 'Met'), ('not_met', 'Not met'), ('cannot_tell', 'Cannot tell')], max_length=12)),
                ('note', innovation.core.fields.Text(blank=True, max_length=100000)),
                ('reason', innovation.core.fields.Text(blank=True, help_text='Why it replaces the result before.', max_length=100000)),
                ('recorded_at', models.DateTimeField()),
                ('expression', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='check_results', to='bids.expression')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('eligibility_check', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='bids.eligibilitycheck')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Flag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('FLG'), editable=False, max_length=20, unique=True)),
                ('team', models.CharField(choices=[('policy', 'Policy'), ('finance', 'Finance'), ('legal', 'Legal'), ('counter_fraud', 'Counter-fraud'), ('safeguarding', 'Safeguarding'), ('communications', 'Communications')], max_length=20)),
                ('reason', innovation.core.fields.Text(max_length=100000)),
                ('raised_at', models.DateTimeField()),
                ('resolution', innovation.core.fields.Text(blank=True, max_length=100000)),
                ('resolved_at', models.DateTimeField(blank=True, null=True)),
                ('expression', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='flags', to='bids.expression')),
                ('raised_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('resolved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['raised_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='TriageException',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', innovation.core.fields.Text(max_length=100000)),
                ('given_at', models.DateTimeField()),
                ('expression', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='triage_exceptions', to='bids.expression')),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['given_at', 'id'],
            },
        ),
        migrations.AddConstraint(
            model_name='eligibilitycheck',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('round', 'wording'), name='eligibility_check_once', violation_error_code='wording', violation_error_message='This round already has this check'),
        ),
        migrations.AddConstraint(
            model_name='eligibilitycheck',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='eligibility_check_ended_by'),
        ),
        migrations.AddConstraint(
            model_name='eligibilitycheck',
            constraint=models.CheckConstraint(condition=models.Q(('ended_at__isnull', True), models.Q(('ended_because', ''), _negated=True), _connector='XOR'), name='eligibility_check_ended_because'),
        ),
        migrations.AddConstraint(
            model_name='checkresult',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['met', 'not_met', 'cannot_tell'])), name='check_result_outcome'),
        ),
        migrations.AddConstraint(
            model_name='checkresult',
            constraint=models.CheckConstraint(condition=models.Q(('outcome', 'met'), models.Q(('note', ''), _negated=True), _connector='OR'), name='check_result_note'),
        ),
        migrations.AddIndex(
            model_name='checkresult',
            index=models.Index(models.F('expression'), models.F('eligibility_check'), condition=models.Q(('outcome', 'not_met')), name='check_not_met'),
        ),
        migrations.AddIndex(
            model_name='flag',
            index=models.Index(models.F('expression'), models.F('team'), condition=models.Q(('resolved_at__isnull', True)), name='flag_open'),
        ),
        migrations.AddConstraint(
            model_name='flag',
            constraint=models.CheckConstraint(condition=models.Q(('team__in', ['policy', 'finance', 'legal', 'counter_fraud', 'safeguarding', 'communications'])), name='flag_team'),
        ),
        migrations.AddConstraint(
            model_name='flag',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='flag_reason'),
        ),
        migrations.AddConstraint(
            model_name='flag',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('resolved_at__isnull', True), ('resolved_by__isnull', True)), models.Q(('resolved_at__isnull', False), ('resolved_by__isnull', False)), _connector='OR'), name='flag_resolved_by'),
        ),
        migrations.AddConstraint(
            model_name='flag',
            constraint=models.CheckConstraint(condition=models.Q(('resolved_at__isnull', True), models.Q(('resolution', ''), _negated=True), _connector='XOR'), name='flag_resolution'),
        ),
        migrations.AddConstraint(
            model_name='triageexception',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='triage_exception_reason'),
        ),
        migrations.RunSQL(
            GUARDS,
            "SELECT audit_unguard('bids_eligibilitycheck', 'bids_checkresult', 'bids_flag', 'bids_triageexception');",
        ),
    ]
