"""What is evidence leaves notes for its events: see `innovation.organisations.evidence`.

Written by `manage.py write_triggers`. The rows there are stated as they are, once.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION audit_facts_organisations_identifier(r organisations_identifier)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'organisation_id', r.organisation_id,
        'scheme', r.scheme,
        'value', r.value)
$$;

CREATE FUNCTION audit_facts_organisations_organisation(r organisations_organisation)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'chain_id', r.chain_id,
        'name', audit_digest(r.name),
        'applicant_type', r.applicant_type,
        'legal_form', audit_digest(r.legal_form),
        'council_id', r.council_id,
        'source', audit_digest(r.source),
        'confidence', audit_digest(r.confidence),
        'notes', audit_digest(r.notes),
        'demonstration', r.demonstration)
$$;

CREATE FUNCTION audit_facts_organisations_runsservices(r organisations_runsservices)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'organisation_id', r.organisation_id,
        'council_id', r.council_id,
        'started', r.started,
        'ended', r.ended,
        'note', audit_digest(r.note))
$$;

CREATE FUNCTION audit_note_organisations_identifier() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r organisations_identifier;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_organisations_identifier(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_organisations_identifier(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM organisations_organisation WHERE id = r.organisation_id),
        0),
        'organisations_identifier', r.id, stated);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION audit_note_organisations_identifier() FROM PUBLIC;

CREATE FUNCTION audit_note_organisations_organisation() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r organisations_organisation;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_organisations_organisation(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_organisations_organisation(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        r.chain_id,
        0),
        'organisations_organisation', r.id, stated);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION audit_note_organisations_organisation() FROM PUBLIC;

CREATE FUNCTION audit_note_organisations_runsservices() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r organisations_runsservices;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_organisations_runsservices(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_organisations_runsservices(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM organisations_organisation WHERE id = r.organisation_id),
        0),
        'organisations_runsservices', r.id, stated);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION audit_note_organisations_runsservices() FROM PUBLIC;

CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON organisations_identifier
    FOR EACH ROW EXECUTE FUNCTION audit_note_organisations_identifier();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON organisations_organisation
    FOR EACH ROW EXECUTE FUNCTION audit_note_organisations_organisation();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON organisations_runsservices
    FOR EACH ROW EXECUTE FUNCTION audit_note_organisations_runsservices();
"""

STATE = """
DO $$
DECLARE
    carried bigint;
BEGIN
    IF NOT (EXISTS (SELECT FROM organisations_identifier)
        OR EXISTS (SELECT FROM organisations_organisation)
        OR EXISTS (SELECT FROM organisations_runsservices)) THEN
        RETURN;
    END IF;
    INSERT INTO audit_chain (kind, length, head, stage)
    VALUES ('service', 0, repeat('0', 64), '') RETURNING id INTO carried;
    PERFORM audit_state_existing('organisations_identifier', carried);
    PERFORM audit_state_existing('organisations_organisation', carried);
    PERFORM audit_state_existing('organisations_runsservices', carried);
END $$;
"""

BACKWARD = """
DROP TRIGGER audit_note ON organisations_identifier;
DROP TRIGGER audit_note ON organisations_organisation;
DROP TRIGGER audit_note ON organisations_runsservices;
DROP FUNCTION audit_note_organisations_identifier();
DROP FUNCTION audit_note_organisations_organisation();
DROP FUNCTION audit_note_organisations_runsservices();
DROP FUNCTION audit_facts_organisations_identifier(organisations_identifier);
DROP FUNCTION audit_facts_organisations_organisation(organisations_organisation);
DROP FUNCTION audit_facts_organisations_runsservices(organisations_runsservices);
"""


class Migration(migrations.Migration):
    dependencies = [("organisations", "0005_guards"), ("audit", "0004_rows")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunSQL(STATE, migrations.RunSQL.noop),
    ]
