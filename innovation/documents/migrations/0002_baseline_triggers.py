"""The functions and triggers of this app’s tables, as the migrations left them that
this and `0001_baseline` replace: written by hand, by `write_triggers` and from `guards`.
"""

from django.db import migrations

ONE_LINE = {
    "documents_document": "name",
}
"""Columns whose check got this name when it was added to a table that stood."""
FUNCTIONS = """
CREATE FUNCTION audit_facts_documents_document(r documents_document)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'chain_id', r.chain_id,
        'name', audit_digest(r.name),
        'kind', audit_digest(r.kind),
        'size', r.size,
        'digest', r.digest,
        'file', audit_digest(r.file::text),
        'state', CASE WHEN r.state = 'unscanned' THEN 'waiting' ELSE r.state END,
        'added_by_id', r.added_by_id,
        'added_at', audit_moment(r.added_at),
        'scanned_at', audit_moment(r.scanned_at),
        'finding', audit_digest(r.finding))
$$;

CREATE FUNCTION audit_note_documents_document() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r documents_document;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_documents_document(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_documents_document(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        r.chain_id,
        0),
        'documents_document', r.id, stated);
    RETURN NULL;
END $$;
"""
RIGHTS = """
REVOKE ALL ON FUNCTION audit_note_documents_document() FROM PUBLIC;
"""
TRIGGERS = """
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON documents_document
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON documents_document
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.chain_id, OLD.name, OLD.kind, OLD.size, OLD.digest, OLD.added_by_id, OLD.added_at) IS DISTINCT FROM (NEW.id, NEW.key, NEW.chain_id, NEW.name, NEW.kind, NEW.size, NEW.digest, NEW.added_by_id, NEW.added_at)
        OR OLD.state IS DISTINCT FROM NEW.state AND ((OLD.state, NEW.state) IN (('unscanned', 'waiting'), ('waiting', 'clean'), ('waiting', 'infected'), ('waiting', 'refused'))) IS NOT TRUE
        OR OLD.file IS DISTINCT FROM NEW.file AND (NEW.file = '' AND NEW.state IN ('infected', 'refused')) IS NOT TRUE
        OR (OLD.attempts, OLD.interruptions, OLD.not_before, OLD.lease_until, OLD.last_error, OLD.scanned_at, OLD.finding) IS DISTINCT FROM (NEW.attempts, NEW.interruptions, NEW.not_before, NEW.lease_until, NEW.last_error, NEW.scanned_at, NEW.finding) AND (OLD.state IN ('unscanned', 'waiting')) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON documents_document
    FOR EACH ROW
    WHEN ((NEW.state IN ('unscanned', 'waiting')) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON documents_document
    FOR EACH ROW EXECUTE FUNCTION audit_note_documents_document();
"""


class Migration(migrations.Migration):
    replaces = [("documents", "0004_evidence")]
    dependencies = [("documents", "0001_baseline"), ("audit", "0002_baseline_triggers")]
    operations = [
        *(
            migrations.RunSQL(
                f"ALTER TABLE {table} RENAME CONSTRAINT"
                f" {table}_{column}_check TO {table}_{column}_one_line"
            )
            for table, columns in ONE_LINE.items()
            for column in columns.split()
        ),
        migrations.RunSQL(FUNCTIONS),
        migrations.RunSQL(RIGHTS),
        migrations.RunSQL(TRIGGERS),
    ]
