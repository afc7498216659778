"""Who may write what: the log appends and folds by functions of its owner, so that the
application needs no right to change a chain or a tally; and the functions that hold
every other app's evidence (see `innovation.audit.guards`).

Each function looks names up in the same places whoever calls it, the caller's
temporary tables last.
"""

from django.db import migrations

APPEND = """
ALTER FUNCTION audit_append() SECURITY DEFINER;
ALTER FUNCTION audit_append() SET search_path = pg_catalog, public, pg_temp;
REVOKE ALL ON FUNCTION audit_append() FROM PUBLIC;
"""
APPEND_AS_BEFORE = """
ALTER FUNCTION audit_append() SECURITY INVOKER RESET search_path;
GRANT EXECUTE ON FUNCTION audit_append() TO PUBLIC;
"""

FOLD = """
CREATE FUNCTION audit_fold(before date) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    -- Rows in use are skipped and met again the next night, so folding never makes a
    -- writer wait.
    WITH taken AS (
        DELETE FROM audit_tally WHERE id IN (
            SELECT id FROM audit_tally WHERE day < before AND backend <> 0
            FOR UPDATE SKIP LOCKED)
        RETURNING figure, member, day, change)
    INSERT INTO audit_tally (figure, member, day, backend, change)
    SELECT figure, member, day, 0, sum(change) FROM taken
    GROUP BY figure, member, day ORDER BY figure, member, day
    ON CONFLICT (figure, member, day, backend)
    DO UPDATE SET change = audit_tally.change + excluded.change
$$;
REVOKE ALL ON FUNCTION audit_fold(date) FROM PUBLIC;
"""

GUARD = """
CREATE FUNCTION audit_guard() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    changed text;
BEGIN
    -- Called only to refuse: when it is, the trigger says.
    IF TG_OP = 'UPDATE' AND TG_LEVEL = 'ROW' THEN
        SELECT ' of ' || string_agg(now.key, ', ' ORDER BY now.key) INTO changed
        FROM jsonb_each(to_jsonb(NEW)) AS now JOIN jsonb_each(to_jsonb(OLD)) AS was
          ON was.key = now.key AND was.value IS DISTINCT FROM now.value;
    END IF;
    RAISE EXCEPTION '% is evidence: this % is refused', TG_TABLE_NAME,
        TG_OP || coalesce(changed, '')
        USING ERRCODE = 'insufficient_privilege', TABLE = TG_TABLE_NAME;
END $$;

CREATE FUNCTION audit_guard_within() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    -- The parent's table, the column that points at it, what must be true of it, and
    -- how it is held meanwhile. A row that moves to another parent asks both.
    question text := format(
        'SELECT bool_and(allowed) FROM (SELECT (%s) IS TRUE AS allowed'
        ' FROM public.%I AS parent WHERE parent.id IN (($1).%I, ($2).%I) %s) AS found',
        TG_ARGV[2], TG_ARGV[0], TG_ARGV[1], TG_ARGV[1], TG_ARGV[3]);
    allowed boolean;
BEGIN
    IF TG_OP = 'INSERT' THEN
        EXECUTE question INTO allowed USING NEW, NEW;
    ELSIF TG_OP = 'DELETE' THEN
        EXECUTE question INTO allowed USING OLD, OLD;
    ELSE
        EXECUTE question INTO allowed USING OLD, NEW;
    END IF;
    IF NOT allowed THEN
        RAISE EXCEPTION '% is evidence: this % is refused where its % stands',
            TG_TABLE_NAME, TG_OP, TG_ARGV[1]
            USING ERRCODE = 'insufficient_privilege', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION audit_chain_told() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM audit_event AS event
        WHERE event.chain_id = NEW.id AND event.seq = NEW.length
          AND event.hash = NEW.head AND event.previous = OLD.head
          AND (NEW.stage, NEW.moved_at) IS NOT DISTINCT FROM (
              CASE event.stage WHEN '' THEN OLD.stage ELSE event.stage END,
              CASE event.stage WHEN '' THEN OLD.moved_at ELSE event.at END)
    ) THEN
        RAISE EXCEPTION 'A chain is moved only by recording an event'
            USING ERRCODE = 'insufficient_privilege', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;

-- For a later migration, which then lays the guards down anew.
CREATE FUNCTION audit_unguard(VARIADIC tables text[]) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    held record;
BEGIN
    FOR held IN
        SELECT tgname, tgrelid::regclass AS name FROM pg_trigger
        WHERE starts_with(tgname::text, 'guard_') AND NOT tgisinternal
          AND tgrelid IN (SELECT one::regclass FROM unnest(tables) AS one)
    LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', held.tgname, held.name);
    END LOOP;
END $$;

REVOKE ALL ON FUNCTION audit_unguard(text[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_guard() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_guard_within() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_chain_told() FROM PUBLIC;
"""
GUARD_GONE = """
DROP FUNCTION audit_guard(), audit_guard_within(), audit_chain_told(),
    audit_unguard(text[]);
"""

OLD_TRIGGERS_GONE = """
DROP TRIGGER audit_event_refuse ON audit_event;
DROP TRIGGER audit_event_refuse_all ON audit_event;
DROP TRIGGER audit_chain_guard ON audit_chain;
DROP TRIGGER audit_chain_refuse ON audit_chain;
DROP FUNCTION audit_refuse();
DROP FUNCTION audit_chain_guard();
"""
OLD_TRIGGERS = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The event log is append-only: % on % is refused',
        TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION audit_chain_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'A chain is moved only by recording an event'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER audit_event_refuse BEFORE UPDATE OR DELETE ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_event_refuse_all BEFORE UPDATE OR DELETE OR TRUNCATE
    ON audit_event FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_chain_guard BEFORE UPDATE ON audit_chain
    FOR EACH ROW EXECUTE FUNCTION audit_chain_guard();
CREATE TRIGGER audit_chain_refuse BEFORE DELETE OR TRUNCATE
    ON audit_chain FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""

TRIGGERS = """
CREATE TRIGGER guard_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_keep BEFORE DELETE OR TRUNCATE ON audit_chain
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON audit_chain
    FOR EACH ROW
    WHEN ((OLD.id, OLD.kind) IS DISTINCT FROM (NEW.id, NEW.kind)
        OR (OLD.length, OLD.head, OLD.stage, OLD.moved_at) IS DISTINCT FROM (NEW.length, NEW.head, NEW.stage, NEW.moved_at) AND (NEW.length = OLD.length + 1) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_begin BEFORE INSERT ON audit_chain
    FOR EACH ROW
    WHEN ((NEW.length = 0 AND NEW.head = '0000000000000000000000000000000000000000000000000000000000000000' AND NEW.stage = '' AND NEW.moved_at IS NULL) IS NOT TRUE)
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_keep BEFORE TRUNCATE ON audit_tally
    FOR EACH STATEMENT
    EXECUTE FUNCTION audit_guard();
CREATE TRIGGER guard_change BEFORE UPDATE ON audit_tally
    FOR EACH ROW
    WHEN ((OLD.id, OLD.figure, OLD.member, OLD.day, OLD.backend) IS DISTINCT FROM (NEW.id, NEW.figure, NEW.member, NEW.day, NEW.backend))
    EXECUTE FUNCTION audit_guard();

CREATE CONSTRAINT TRIGGER audit_chain_told AFTER UPDATE ON audit_chain
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_chain_told();
"""
TRIGGERS_GONE = """
SELECT audit_unguard('audit_event', 'audit_chain', 'audit_tally');
DROP TRIGGER audit_chain_told ON audit_chain;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_triggers")]
    operations = [
        migrations.RunSQL(APPEND, APPEND_AS_BEFORE),
        migrations.RunSQL(FOLD, "DROP FUNCTION audit_fold(date)"),
        migrations.RunSQL(GUARD, GUARD_GONE),
        migrations.RunSQL(OLD_TRIGGERS_GONE, OLD_TRIGGERS),
        migrations.RunSQL(TRIGGERS, TRIGGERS_GONE),
    ]
