"""Let officials take a step for several cases at once, and prepare feedback."""

import django.db.models.deletion
import innovation.core.fields
import innovation.core.keys
from django.conf import settings
from django.db import migrations, models

GUARDS = """
CREATE OR REPLACE FUNCTION audit_facts_bids_batchcase(r bids_batchcase)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'batch_id', r.batch_id,
        'expression_id', r.expression_id,
        'options', audit_digest(r.options::text),
        'done_at', audit_moment(r.done_at),
        'refusal', audit_digest(r.refusal),
        'undone_by_id', r.undone_by_id,
        'undone_at', audit_moment(r.undone_at))
$$;
CREATE OR REPLACE FUNCTION audit_note_bids_batchcase() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_batchcase;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_batchcase(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_batchcase(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_expression WHERE id = r.expression_id),
        0),
        'bids_batchcase', r.id, stated);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION audit_note_bids_batchcase() FROM PUBLIC;
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_batchcase
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_batchcase();
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON bids_batch
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON bids_batchcase
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_batchcase
    FOR EACH ROW
    WHEN ((OLD.id, OLD.batch_id, OLD.expression_id, OLD.options) IS DISTINCT FROM (NEW.id, NEW.batch_id, NEW.expression_id, NEW.options)
        OR (OLD.done_at, OLD.refusal) IS DISTINCT FROM (NEW.done_at, NEW.refusal) AND (OLD.done_at IS NULL AND OLD.refusal = '' AND OLD.undone_at IS NULL) IS NOT TRUE
        OR (OLD.undone_by_id, OLD.undone_at) IS DISTINCT FROM (NEW.undone_by_id, NEW.undone_at) AND (OLD.undone_by_id IS NULL AND OLD.undone_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON bids_batchcase
    FOR EACH ROW
    WHEN ((NEW.undone_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('bids', '0050_criterion_versions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=innovation.core.keys.NewKey('BAT'), editable=False, max_length=20, unique=True)),
                ('action', models.CharField(choices=[('assign', 'Assign'), ('take_forward', 'Take forward'), ('decline', 'Decline'), ('release_feedback', 'Release feedback')], max_length=20)),
                ('made_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-made_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='BatchCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('options', innovation.core.fields.Json(default=dict, most=1000000)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('refusal', models.CharField(blank=True, max_length=1000)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('batch', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='cases', to='bids.batch')),
                ('expression', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='batch_cases', to='bids.expression')),
                ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='FeedbackDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', innovation.core.fields.Text(max_length=100000)),
                ('written_at', models.DateTimeField()),
                ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bids.criterion')),
                ('expression', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='feedback_drafts', to='bids.expression')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['criterion__position', 'id'],
            },
        ),
        migrations.AddIndex(
            model_name='batch',
            index=models.Index(fields=['-made_at', '-id'], name='batch_newest'),
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.CheckConstraint(condition=models.Q(('action__in', ['assign', 'take_forward', 'decline', 'release_feedback'])), name='batch_action'),
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.CheckConstraint(condition=models.Q(('due_at__gte', models.F('made_at'))), name='batch_due_later'),
        ),
        migrations.AddConstraint(
            model_name='batchcase',
            constraint=models.UniqueConstraint(fields=('batch', 'expression'), name='batch_case_once'),
        ),
        migrations.AddConstraint(
            model_name='batchcase',
            constraint=models.UniqueConstraint(condition=models.Q(('done_at', None), ('refusal', ''), ('undone_at', None)), fields=('expression',), name='batch_case_planned_once'),
        ),
        migrations.AddConstraint(
            model_name='batchcase',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('undone_at__isnull', True), ('undone_by__isnull', True)), models.Q(('undone_at__isnull', False), ('undone_by__isnull', False)), _connector='OR'), name='batch_case_undone'),
        ),
        migrations.AddConstraint(
            model_name='batchcase',
            constraint=models.CheckConstraint(condition=models.Q(('refusal', ''), models.Q(('done_at', None), ('undone_at', None)), _connector='OR'), name='batch_case_refused_or_done'),
        ),
        migrations.AddConstraint(
            model_name='feedbackdraft',
            constraint=models.UniqueConstraint(fields=('expression', 'criterion'), name='feedback_draft_once'),
        ),
        migrations.AddConstraint(
            model_name='feedbackdraft',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='feedback_draft_says_why'),
        ),
        migrations.RunSQL(
            GUARDS, "SELECT audit_unguard('bids_batch', 'bids_batchcase');"
        ),
    ]
