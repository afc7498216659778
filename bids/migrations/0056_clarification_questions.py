"""Let officials ask several questions at once."""

import django.db.models.deletion
import innovation.core.fields
from django.db import migrations, models

GUARDS = """
CREATE OR REPLACE FUNCTION audit_facts_bids_clarificationquestion(r bids_clarificationquestion)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'clarification_id', r.clarification_id,
        'number', r.number,
        'question_code', audit_digest(r.question_code),
        'text', audit_digest(r.text),
        'answer', audit_digest(r.answer))
$$;
CREATE OR REPLACE FUNCTION audit_note_bids_clarificationquestion() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_clarificationquestion;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_clarificationquestion(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_clarificationquestion(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_expression WHERE id = (SELECT expression_id FROM bids_clarification WHERE id = r.clarification_id)),
        0),
        'bids_clarificationquestion', r.id, stated);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION audit_note_bids_clarificationquestion() FROM PUBLIC;
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_clarificationquestion
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_clarificationquestion();
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON bids_clarificationquestion
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON bids_clarificationquestion
    FOR EACH ROW
    WHEN ((OLD.id, OLD.clarification_id, OLD.number, OLD.question_code, OLD.text) IS DISTINCT FROM (NEW.id, NEW.clarification_id, NEW.number, NEW.question_code, NEW.text)
        OR (OLD.answer, OLD.draft) IS DISTINCT FROM (NEW.answer, NEW.draft) AND (OLD.answer = '') IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON bids_clarificationquestion
    FOR EACH ROW
    WHEN ((NEW.answer = '' AND NEW.draft = '') IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_clarification BEFORE INSERT OR UPDATE ON bids_clarificationquestion
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_clarification', 'clarification_id',
        'parent.answered_at IS NULL AND parent.taken_back_at IS NULL', 'FOR SHARE OF parent');
"""


class Migration(migrations.Migration):

    dependencies = [
        ('bids', '0055_due_diligence'),
    ]

    operations = [
        migrations.CreateModel(
            name='ClarificationQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('question_code', models.CharField(blank=True, max_length=60)),
                ('text', innovation.core.fields.Text(max_length=100000)),
                ('answer', innovation.core.fields.Text(blank=True, default='', max_length=100000)),
                ('draft', innovation.core.fields.Text(blank=True, default='', max_length=100000)),
                ('clarification', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='bids.clarification')),
            ],
            options={
                'ordering': ['number', 'id'],
                'constraints': [models.UniqueConstraint(fields=('clarification', 'number'), name='clarification_number_once'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='clarification_question_says_what'), models.CheckConstraint(condition=models.Q(('draft', ''), ('answer', ''), _connector='OR'), name='clarification_draft_until_answered')],
            },
        ),
        migrations.RunSQL(
            GUARDS, "SELECT audit_unguard('bids_clarificationquestion');"
        ),
    ]
