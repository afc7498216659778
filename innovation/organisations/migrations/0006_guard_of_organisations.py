"""The guard and the evidence of organisations, with the columns of those that applicants
add: see `innovation.organisations.guards`.
"""

from django.db import migrations

FORWARD = """
SELECT audit_unguard('organisations_organisation');
CREATE OR REPLACE FUNCTION audit_facts_organisations_organisation(r organisations_organisation)
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
        'demonstration', r.demonstration,
        'state', r.state,
        'added_for_id', r.added_for_id,
        'claimed_scheme', r.claimed_scheme,
        'claimed_number', r.claimed_number,
        'named_at', audit_moment(r.named_at),
        'merged_into_id', r.merged_into_id)
$$;
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON organisations_organisation
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON organisations_organisation
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.chain_id, OLD.demonstration, OLD.added_for_id) IS DISTINCT FROM (NEW.id, NEW.key, NEW.chain_id, NEW.demonstration, NEW.added_for_id)
        OR (OLD.claimed_scheme, OLD.claimed_number) IS DISTINCT FROM (NEW.claimed_scheme, NEW.claimed_number) AND (OLD.state = 'unconfirmed') IS NOT TRUE
        OR OLD.named_at IS DISTINCT FROM NEW.named_at AND (OLD.named_at IS NULL AND OLD.state = 'unconfirmed') IS NOT TRUE
        OR OLD.state IS DISTINCT FROM NEW.state AND ((OLD.state, NEW.state) IN (('registered', 'merged'), ('unconfirmed', 'merged'), ('unconfirmed', 'registered'))) IS NOT TRUE
        OR OLD.merged_into_id IS DISTINCT FROM NEW.merged_into_id AND (NEW.state = 'merged') IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON organisations_organisation
    FOR EACH ROW
    WHEN ((NEW.state IN ('registered', 'unconfirmed') AND NEW.named_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
"""
BACKWARD = """
SELECT audit_unguard('organisations_organisation');
CREATE OR REPLACE FUNCTION audit_facts_organisations_organisation(r organisations_organisation)
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
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON organisations_organisation
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON organisations_organisation
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.chain_id, OLD.demonstration) IS DISTINCT FROM (NEW.id, NEW.key, NEW.chain_id, NEW.demonstration))
    EXECUTE FUNCTION audit_guard();
"""
STATE_EXISTING = """
DO $$
DECLARE
    chain bigint;
BEGIN
    IF EXISTS (SELECT FROM organisations_organisation) THEN
        INSERT INTO audit_chain (kind, length, head, stage)
        VALUES ('service', 0, repeat('0', 64), '') RETURNING id INTO chain;
        PERFORM audit_state_existing('organisations_organisation', chain);
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0007_rows_without_a_parent"),
        ("organisations", "0005_organisation_additions"),
    ]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunSQL(STATE_EXISTING, STATE_EXISTING),
    ]
