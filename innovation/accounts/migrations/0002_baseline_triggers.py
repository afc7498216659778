"""The functions and triggers of this app’s tables, as the migrations left them that
this and `0001_baseline` replace: written by hand, by `write_triggers` and from `guards`.
"""

from django.db import migrations

ONE_LINE = {
    "accounts_apitoken": "name",
    "accounts_membership": "claimed_number job_title",
    "accounts_user": "name",
}
"""Columns whose check got this name when it was added to a table that stood."""
TABLES = """
CREATE UNLOGGED TABLE shared_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX shared_cache_expires ON shared_cache (expires);
"""
FUNCTIONS = """
CREATE FUNCTION accounts_role_follows_request() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    -- The request holds who asked and who confirmed: two people, neither the holder.
    IF NEW.given_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM accounts_rolerequest WHERE id = NEW.given_id AND state = 'done'
            AND change = 'give' AND user_id = NEW.user_id AND role = NEW.role)
    OR NEW.taken_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM accounts_rolerequest WHERE id = NEW.taken_id AND state = 'done'
            AND change = 'take' AND user_id = NEW.user_id AND role = NEW.role) THEN
        RAISE EXCEPTION 'A role follows from a request that was done'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

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
"""
RIGHTS = """
REVOKE ALL ON FUNCTION audit_note_accounts_apitoken() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_accounts_invitation() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_accounts_membership() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_accounts_rolegrant() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_accounts_rolerequest() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_note_accounts_user() FROM PUBLIC;
"""
TRIGGERS = """
CREATE TRIGGER role_follows_request BEFORE INSERT OR UPDATE ON accounts_rolegrant
    FOR EACH ROW EXECUTE FUNCTION accounts_role_follows_request();
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON accounts_user
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_delete BEFORE DELETE ON accounts_user
    FOR EACH ROW
    WHEN ((OLD.last_login IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON accounts_user
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.chain_id, OLD.date_joined, OLD.demonstration) IS DISTINCT FROM (NEW.id, NEW.key, NEW.chain_id, NEW.date_joined, NEW.demonstration)
        OR OLD.session_epoch IS DISTINCT FROM NEW.session_epoch AND (NEW.session_epoch > OLD.session_epoch) IS NOT TRUE
        OR OLD.declared_interest IS DISTINCT FROM NEW.declared_interest AND (NEW.declared_interest) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON accounts_rolerequest
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON accounts_rolerequest
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.user_id, OLD.role, OLD.change, OLD.reason, OLD.starts_at, OLD.ends_at, OLD.asked_by_id, OLD.asked_at) IS DISTINCT FROM (NEW.id, NEW.key, NEW.user_id, NEW.role, NEW.change, NEW.reason, NEW.starts_at, NEW.ends_at, NEW.asked_by_id, NEW.asked_at)
        OR (OLD.state, OLD.answered_by_id, OLD.answered_at, OLD.answer) IS DISTINCT FROM (NEW.state, NEW.answered_by_id, NEW.answered_at, NEW.answer) AND (OLD.state = 'waiting') IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON accounts_rolerequest
    FOR EACH ROW
    WHEN ((NEW.state = 'waiting') IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON accounts_rolegrant
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_delete BEFORE DELETE ON accounts_rolegrant
    FOR EACH ROW
    WHEN ((OLD.origin = 'joined') IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON accounts_rolegrant
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.user_id, OLD.role, OLD.origin, OLD.given_id, OLD.reason, OLD.starts_at, OLD.ends_at) IS DISTINCT FROM (NEW.id, NEW.key, NEW.user_id, NEW.role, NEW.origin, NEW.given_id, NEW.reason, NEW.starts_at, NEW.ends_at)
        OR OLD.begun_at IS DISTINCT FROM NEW.begun_at AND (OLD.begun_at IS NULL AND OLD.ended_at IS NULL) IS NOT TRUE
        OR OLD.warned_at IS DISTINCT FROM NEW.warned_at AND (OLD.warned_at IS NULL AND OLD.ended_at IS NULL) IS NOT TRUE
        OR (OLD.ended_at, OLD.taken_id) IS DISTINCT FROM (NEW.ended_at, NEW.taken_id) AND (OLD.ended_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_within_user BEFORE DELETE ON accounts_rolegrant
    FOR EACH ROW
    EXECUTE FUNCTION audit_guard_within('accounts_user', 'user_id',
        'parent.last_login IS NULL', 'FOR SHARE OF parent');
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON accounts_invitation
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON accounts_invitation
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.organisation_id, OLD.email, OLD.name, OLD.standing, OLD.office, OLD.invited_by_id, OLD.invited_at) IS DISTINCT FROM (NEW.id, NEW.key, NEW.organisation_id, NEW.email, NEW.name, NEW.standing, NEW.office, NEW.invited_by_id, NEW.invited_at)
        OR (OLD.ended_at, OLD.accepted_by_id) IS DISTINCT FROM (NEW.ended_at, NEW.accepted_by_id) AND (OLD.ended_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON accounts_invitation
    FOR EACH ROW
    WHEN ((NEW.ended_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON accounts_membership
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON accounts_membership
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.user_id, OLD.organisation_id, OLD.asked_at, OLD.job_title, OLD.said, OLD.claimed_scheme, OLD.claimed_number) IS DISTINCT FROM (NEW.id, NEW.key, NEW.user_id, NEW.organisation_id, NEW.asked_at, NEW.job_title, NEW.said, NEW.claimed_scheme, NEW.claimed_number)
        OR (OLD.confirmed_at, OLD.confirmed_by) IS DISTINCT FROM (NEW.confirmed_at, NEW.confirmed_by) AND (OLD.confirmed_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON accounts_apitoken
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON accounts_apitoken
    FOR EACH ROW
    WHEN ((OLD.id, OLD.key, OLD.user_id, OLD.name, OLD.digest, OLD.scopes, OLD.created_at, OLD.expires_at) IS DISTINCT FROM (NEW.id, NEW.key, NEW.user_id, NEW.name, NEW.digest, NEW.scopes, NEW.created_at, NEW.expires_at)
        OR OLD.revoked_at IS DISTINCT FROM NEW.revoked_at AND (OLD.revoked_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON accounts_apitoken
    FOR EACH ROW
    WHEN ((NEW.revoked_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
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


class Migration(migrations.Migration):
    replaces = [("accounts", "0011_evidence")]
    dependencies = [("accounts", "0001_baseline"), ("audit", "0002_baseline_triggers")]
    operations = [
        *(
            migrations.RunSQL(
                f"ALTER TABLE {table} RENAME CONSTRAINT"
                f" {table}_{column}_check TO {table}_{column}_one_line"
            )
            for table, columns in ONE_LINE.items()
            for column in columns.split()
        ),
        migrations.RunSQL(TABLES),
        migrations.RunSQL(FUNCTIONS),
        migrations.RunSQL(RIGHTS),
        migrations.RunSQL(TRIGGERS),
    ]
