"""Let officials write notes about a case."""

import django.db.models.deletion
import innovation.core.fields
from django.conf import settings
from django.db import migrations, models

GUARDS = """
CREATE OR REPLACE FUNCTION audit_facts_bids_note(r bids_note)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'expression_id', r.expression_id,
        'text', audit_digest(r.text),
        'written_by_id', r.written_by_id,
        'written_at', audit_moment(r.written_at))
$$;
CREATE OR REPLACE FUNCTION audit_note_bids_note() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r bids_note;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_bids_note(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_bids_note(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM bids_expression WHERE id = r.expression_id),
        0),
        'bids_note', r.id, stated);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION audit_note_bids_note() FROM PUBLIC;
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON bids_note
    FOR EACH ROW EXECUTE FUNCTION audit_note_bids_note();
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON bids_note
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_expression BEFORE INSERT ON bids_note
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('bids_expression', 'expression_id',
        'parent.submitted_at IS NOT NULL', 'FOR SHARE OF parent');
"""


class Migration(migrations.Migration):

    dependencies = [
        ('bids', '0047_saved_view_index'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', innovation.core.fields.Text(max_length=100000)),
                ('written_at', models.DateTimeField()),
                ('expression', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='bids.expression')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-written_at', '-id'],
            },
        ),
        migrations.RunSQL(GUARDS, "SELECT audit_unguard('bids_note');"),
    ]
