"""The functions and triggers of this app’s tables, as the migrations left them that
this and `0001_baseline` replace: written by hand, by `write_triggers` and from `guards`.
"""

from django.db import migrations

ONE_LINE = {
    "organisations_identifier": "value",
    "organisations_organisation": "legal_form name source",
    "organisations_runsservices": "note",
}
"""Columns whose check got this name when it was added to a table that stood."""
FUNCTIONS = """
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
"""
RIGHTS = """
REVOKE ALL ON FUNCTION audit_note_organisations_identifier() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_organisations_organisation() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_organisations_runsservices() FROM PUBLIC;
"""
TRIGGERS = """
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON organisations_organisation
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON organisations_organisation
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.chain_id, OLD.demonstration) IS DISTINCT FROM (NEW.id, NEW.key, NEW.chain_id, NEW.demonstration))
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON organisations_identifier
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON organisations_identifier
    FOR EACH ROW EXECUTE FUNCTION audit_note_organisations_identifier();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON organisations_organisation
    FOR EACH ROW EXECUTE FUNCTION audit_note_organisations_organisation();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON organisations_runsservices
    FOR EACH ROW EXECUTE FUNCTION audit_note_organisations_runsservices();
"""


class Migration(migrations.Migration):
    replaces = [("organisations", "0006_evidence")]
    dependencies = [("organisations", "0001_baseline"), ("audit", "0002_baseline_triggers")]
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
