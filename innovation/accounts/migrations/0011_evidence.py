"""What is evidence leaves notes for its events: see `innovation.accounts.evidence`.

Written by `manage.py write_triggers`. The rows there are stated as they are, once.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION audit_facts_accounts_apitoken(r accounts_apitoken)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'user_id', r.user_id,
        'digest', audit_digest(r.digest),
        'scopes', r.scopes,
        'created_at', audit_moment(r.created_at),
        'expires_at', audit_moment(r.expires_at),
        'revoked_at', audit_moment(r.revoked_at))
$$;

CREATE FUNCTION audit_facts_accounts_invitation(r accounts_invitation)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'organisation_id', r.organisation_id,
        'standing', r.standing,
        'office', r.office,
        'invited_by_id', r.invited_by_id,
        'invited_at', audit_moment(r.invited_at),
        'ended_at', audit_moment(r.ended_at),
        'accepted_by_id', r.accepted_by_id)
$$;

CREATE FUNCTION audit_facts_accounts_membership(r accounts_membership)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'user_id', r.user_id,
        'organisation_id', r.organisation_id,
        'standing', r.standing,
        'asked_at', audit_moment(r.asked_at),
        'confirmed_at', audit_moment(r.confirmed_at),
        'confirmed_by', r.confirmed_by,
        'office', r.office,
        'said', audit_digest(r.said),
        'claimed_scheme', audit_digest(r.claimed_scheme),
        'claimed_number', audit_digest(r.claimed_number))
$$;

CREATE FUNCTION audit_facts_accounts_rolegrant(r accounts_rolegrant)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'user_id', r.user_id,
        'role', r.role,
        'origin', r.origin,
        'given_id', r.given_id,
        'reason', audit_digest(r.reason),
        'starts_at', audit_moment(r.starts_at),
        'ends_at', audit_moment(r.ends_at),
        'begun_at', audit_moment(r.begun_at),
        'ended_at', audit_moment(r.ended_at),
        'taken_id', r.taken_id)
$$;

CREATE FUNCTION audit_facts_accounts_rolerequest(r accounts_rolerequest)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'user_id', r.user_id,
        'role', r.role,
        'change', r.change,
        'reason', audit_digest(r.reason),
        'starts_at', audit_moment(r.starts_at),
        'ends_at', audit_moment(r.ends_at),
        'asked_by_id', r.asked_by_id,
        'asked_at', audit_moment(r.asked_at),
        'state', r.state,
        'answered_by_id', r.answered_by_id,
        'answered_at', audit_moment(r.answered_at),
        'answer', audit_digest(r.answer))
$$;

CREATE FUNCTION audit_facts_accounts_user(r accounts_user)
RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', r.id,
        'key', r.key,
        'chain_id', r.chain_id,
        'roles', r.roles,
        'is_active', r.is_active,
        'date_joined', audit_moment(r.date_joined),
        'demonstration', r.demonstration)
$$;

CREATE FUNCTION audit_note_accounts_apitoken() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r accounts_apitoken;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_accounts_apitoken(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_accounts_apitoken(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM accounts_user WHERE id = r.user_id),
        0),
        'accounts_apitoken', r.id, stated);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION audit_note_accounts_apitoken() FROM PUBLIC;

CREATE FUNCTION audit_note_accounts_invitation() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r accounts_invitation;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_accounts_invitation(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_accounts_invitation(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM organisations_organisation WHERE id = r.organisation_id),
        0),
        'accounts_invitation', r.id, stated);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION audit_note_accounts_invitation() FROM PUBLIC;

CREATE FUNCTION audit_note_accounts_membership() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r accounts_membership;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_accounts_membership(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_accounts_membership(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM organisations_organisation WHERE id = r.organisation_id),
        0),
        'accounts_membership', r.id, stated);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION audit_note_accounts_membership() FROM PUBLIC;

CREATE FUNCTION audit_note_accounts_rolegrant() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r accounts_rolegrant;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_accounts_rolegrant(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_accounts_rolegrant(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM accounts_user WHERE id = r.user_id),
        0),
        'accounts_rolegrant', r.id, stated);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION audit_note_accounts_rolegrant() FROM PUBLIC;

CREATE FUNCTION audit_note_accounts_rolerequest() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r accounts_rolerequest;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_accounts_rolerequest(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_accounts_rolerequest(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        (SELECT chain_id FROM accounts_user WHERE id = r.user_id),
        0),
        'accounts_rolerequest', r.id, stated);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION audit_note_accounts_rolerequest() FROM PUBLIC;

CREATE FUNCTION audit_note_accounts_user() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    r accounts_user;
    stated jsonb := 'null';
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF TG_OP <> 'DELETE' THEN
        stated := audit_facts_accounts_user(r);
        IF TG_OP = 'UPDATE' AND stated = audit_facts_accounts_user(OLD) THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM audit_keep(coalesce(
        r.chain_id,
        0),
        'accounts_user', r.id, stated);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION audit_note_accounts_user() FROM PUBLIC;

CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON accounts_apitoken
    FOR EACH ROW EXECUTE FUNCTION audit_note_accounts_apitoken();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON accounts_invitation
    FOR EACH ROW EXECUTE FUNCTION audit_note_accounts_invitation();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON accounts_membership
    FOR EACH ROW EXECUTE FUNCTION audit_note_accounts_membership();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON accounts_rolegrant
    FOR EACH ROW EXECUTE FUNCTION audit_note_accounts_rolegrant();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON accounts_rolerequest
    FOR EACH ROW EXECUTE FUNCTION audit_note_accounts_rolerequest();
CREATE TRIGGER audit_note AFTER INSERT OR UPDATE OR DELETE ON accounts_user
    FOR EACH ROW EXECUTE FUNCTION audit_note_accounts_user();
"""

STATE = """
DO $$
DECLARE
    carried bigint;
BEGIN
    IF NOT (EXISTS (SELECT FROM accounts_apitoken)
        OR EXISTS (SELECT FROM accounts_invitation)
        OR EXISTS (SELECT FROM accounts_membership)
        OR EXISTS (SELECT FROM accounts_rolegrant)
        OR EXISTS (SELECT FROM accounts_rolerequest)
        OR EXISTS (SELECT FROM accounts_user)) THEN
        RETURN;
    END IF;
    INSERT INTO audit_chain (kind, length, head, stage)
    VALUES ('service', 0, repeat('0', 64), '') RETURNING id INTO carried;
    PERFORM audit_state_existing('accounts_apitoken', carried);
    PERFORM audit_state_existing('accounts_invitation', carried);
    PERFORM audit_state_existing('accounts_membership', carried);
    PERFORM audit_state_existing('accounts_rolegrant', carried);
    PERFORM audit_state_existing('accounts_rolerequest', carried);
    PERFORM audit_state_existing('accounts_user', carried);
END $$;
"""

BACKWARD = """
DROP TRIGGER audit_note ON accounts_apitoken;
DROP TRIGGER audit_note ON accounts_invitation;
DROP TRIGGER audit_note ON accounts_membership;
DROP TRIGGER audit_note ON accounts_rolegrant;
DROP TRIGGER audit_note ON accounts_rolerequest;
DROP TRIGGER audit_note ON accounts_user;
DROP FUNCTION audit_note_accounts_apitoken();
DROP FUNCTION audit_note_accounts_invitation();
DROP FUNCTION audit_note_accounts_membership();
DROP FUNCTION audit_note_accounts_rolegrant();
DROP FUNCTION audit_note_accounts_rolerequest();
DROP FUNCTION audit_note_accounts_user();
DROP FUNCTION audit_facts_accounts_apitoken(accounts_apitoken);
DROP FUNCTION audit_facts_accounts_invitation(accounts_invitation);
DROP FUNCTION audit_facts_accounts_membership(accounts_membership);
DROP FUNCTION audit_facts_accounts_rolegrant(accounts_rolegrant);
DROP FUNCTION audit_facts_accounts_rolerequest(accounts_rolerequest);
DROP FUNCTION audit_facts_accounts_user(accounts_user);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0010_guards"), ("audit", "0004_rows")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunSQL(STATE, migrations.RunSQL.noop),
    ]
