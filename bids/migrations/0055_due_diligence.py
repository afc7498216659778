"""Record due diligence on cases, and let a round say which an offer needs."""

import django.contrib.postgres.fields
import django.db.models.deletion
import innovation.core.fields
import innovation.core.lines
from django.conf import settings
from django.db import migrations, models


GUARDS = """
CREATE OR REPLACE FUNCTION audit_facts_bids_duediligence(r bids_duediligence)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'expression_id', r.expression_id,
        'area', r.area,
        'state', r.state,
        'checked_on', r.checked_on,
        'finding', audit_digest(r.finding),
        'reference', audit_digest(r.reference),
        'document_id', r.document_id,
        'reason', audit_digest(r.reason),
        'recorded_by_id', r.recorded_by_id,
        'recorded_at', audit_moment(r.recorded_at))
$$;
CREATE OR REPLACE FUNCTION audit_note_bids_duediligence() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_duediligence;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_duediligence(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_duediligence(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_expression WHERE id = r.expression_id),
        0),
        'bids_duediligence', r.id, stated);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION audit_note_bids_duediligence() FROM PUBLIC;
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_duediligence
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_duediligence();
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON bids_duediligence
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_expression BEFORE INSERT ON bids_duediligence
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_expression', 'expression_id',
        'parent.submitted_at IS NOT NULL AND (($2).reason <> '''' OR coalesce(( SELECT state = ''under_way'' FROM bids_duediligence WHERE expression_id = parent.id AND area = ($2).area ORDER BY id DESC LIMIT 1), true))', 'FOR SHARE OF parent');
"""

ROUND_FACTS = """
CREATE OR REPLACE FUNCTION audit_facts_bids_round(r bids_round)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'chain_id', r.chain_id,
        'programme_id', r.programme_id,
        'name', audit_digest(r.name),
        'summary', audit_digest(r.summary),
        'route', r.route,
        'opens_at', audit_moment(r.opens_at),
        'closes_at', audit_moment(r.closes_at),
        'opens_note', audit_digest(r.opens_note),
        'replies_by', r.replies_by,
        'min_award', r.min_award,
        'max_award', r.max_award,
        'assessments_needed', r.assessments_needed,
        'wide_spread', r.wide_spread,
        'due_diligence', audit_digest(r.due_diligence::text),
        'published', r.published,
        'demonstration', r.demonstration)
$$;
"""
FORMER_ROUND_FACTS = """
CREATE OR REPLACE FUNCTION audit_facts_bids_round(r bids_round)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'chain_id', r.chain_id,
        'programme_id', r.programme_id,
        'name', audit_digest(r.name),
        'summary', audit_digest(r.summary),
        'route', r.route,
        'opens_at', audit_moment(r.opens_at),
        'closes_at', audit_moment(r.closes_at),
        'opens_note', audit_digest(r.opens_note),
        'replies_by', r.replies_by,
        'min_award', r.min_award,
        'max_award', r.max_award,
        'assessments_needed', r.assessments_needed,
        'wide_spread', r.wide_spread,
        'published', r.published,
        'demonstration', r.demonstration)
$$;
"""
STATE_EXISTING = """
DO $$
DECLARE of_log bigint;
BEGIN
    -- The log states the rounds from before with the columns that they have now.
    IF EXISTS (SELECT FROM bids_round) THEN
        INSERT INTO audit_chain (kind, length, head, stage)
        VALUES ('service', 0, repeat('0', 64), '') RETURNING id INTO of_log;
        PERFORM audit_state_existing('bids_round', of_log);
    END IF;
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0007_rows_without_a_parent'),
        ('bids', '0054_eligibility_check_and_flag_indexes'),
        ('documents', '0002_baseline_triggers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DueDiligence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', models.CharField(choices=[('organisation', 'Organisation'), ('finance', 'Finance'), ('safeguarding', 'Safeguarding'), ('fraud_risk', 'Fraud risk'), ('interests', 'Interests')], max_length=20)),
                ('state', models.CharField(choices=[('under_way', 'Under way'), ('satisfactory', 'Satisfactory'), ('not_satisfactory', 'Not satisfactory')], max_length=20)),
                ('checked_on', models.DateField()),
                ('finding', innovation.core.fields.Text(max_length=100000)),
                ('reference', innovation.core.lines.OneLineField(blank=True, help_text='Where the evidence is.', max_length=200)),
                ('reason', innovation.core.fields.Text(blank=True, help_text='Why it was done again.', max_length=100000)),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'verbose_name_plural': 'due diligence',
                'ordering': ['-id'],
            },
        ),
        migrations.RunSQL(migrations.RunSQL.noop, FORMER_ROUND_FACTS + STATE_EXISTING),
        migrations.AddField(
            model_name='round',
            name='due_diligence',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('organisation', 'Organisation'), ('finance', 'Finance'), ('safeguarding', 'Safeguarding'), ('fraud_risk', 'Fraud risk'), ('interests', 'Interests')], max_length=20), blank=True, db_default=[], default=list, help_text='The areas to look into before a grant is offered.', size=None),
        ),
        migrations.RunSQL(ROUND_FACTS + STATE_EXISTING, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(('due_diligence__contained_by', ['organisation', 'finance', 'safeguarding', 'fraud_risk', 'interests'])), name='round_due_diligence'),
        ),
        migrations.AddField(
            model_name='duediligence',
            name='document',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document'),
        ),
        migrations.AddField(
            model_name='duediligence',
            name='expression',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='due_diligence', to='bids.expression'),
        ),
        migrations.AddField(
            model_name='duediligence',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='duediligence',
            constraint=models.CheckConstraint(condition=models.Q(('area__in', ['organisation', 'finance', 'safeguarding', 'fraud_risk', 'interests'])), name='due_diligence_area'),
        ),
        migrations.AddConstraint(
            model_name='duediligence',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['under_way', 'satisfactory', 'not_satisfactory'])), name='due_diligence_state'),
        ),
        migrations.AddConstraint(
            model_name='duediligence',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'under_way'), models.Q(('reference', ''), _negated=True), ('document__isnull', False), _connector='OR'), name='due_diligence_evidence'),
        ),
        migrations.AddConstraint(
            model_name='duediligence',
            constraint=models.CheckConstraint(condition=models.Q(('finding', ''), _negated=True), name='due_diligence_finding'),
        ),
        migrations.RunSQL(
            GUARDS,
            "SELECT audit_unguard('bids_duediligence');",
        ),
    ]
