"""What is evidence leaves notes for its events: see `innovation.documents.evidence`.

Written by `manage.py write_triggers`. The rows there are stated as they are, once.
"""

from django.db import migrations

FORWARD = """
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
REVOKE ALL ON FUNCTION audit_note_documents_document() FROM PUBLIC;

CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON documents_document
    FOR EACH ROW EXECUTE FUNCTION audit_note_documents_document();
"""

STATE = """
DO $$
DECLARE
    carried bigint;
BEGIN
    IF NOT (EXISTS (SELECT FROM documents_document)) THEN
        RETURN;
    END IF;
    INSERT INTO audit_chain (kind, length, head, stage)
    VALUES ('service', 0, repeat('0', 64), '') RETURNING id INTO carried;
    PERFORM audit_state_existing('documents_document', carried);
END $$;
"""

BACKWARD = """
DROP TRIGGER audit_note ON documents_document;
DROP FUNCTION audit_note_documents_document();
DROP FUNCTION audit_facts_documents_document(documents_document);
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_guards"), ("audit", "0004_rows")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunSQL(STATE, migrations.RunSQL.noop),
    ]
