"""The triggers that make the event log append-only, chained and tallied.

They are plain SQL, without a switch: a setting that turned them off for tests would
turn them off for anybody.
"""

from django.db import migrations

from innovation.audit.hashing import expression

APPEND = f"""
CREATE FUNCTION audit_append() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    chain audit_chain;
BEGIN
    -- The chain's row is the lock: two events of one case are written one by one.
    SELECT * INTO STRICT chain FROM audit_chain WHERE id = NEW.chain_id FOR UPDATE;
    NEW.seq := chain.length + 1;
    NEW.previous := chain.head;
    NEW.recorded_at := clock_timestamp();
    NEW.txid := pg_current_xact_id()::text::bigint;
    NEW.hash := {expression("NEW")};
    UPDATE audit_chain SET length = NEW.seq, head = NEW.hash,
        stage = CASE WHEN NEW.stage = '' THEN stage ELSE NEW.stage END,
        moved_at = CASE WHEN NEW.stage = '' THEN moved_at ELSE NEW.at END
    WHERE id = NEW.chain_id;
    IF NEW.tally <> '{{}}'::jsonb THEN
        INSERT INTO audit_tally (figure, member, day, backend, change)
        SELECT figure, member, (NEW.at AT TIME ZONE 'Europe/London')::date,
               pg_backend_pid(), change
        FROM (
            SELECT key AS figure, '' AS member, value::text::int AS change
            FROM jsonb_each(NEW.tally) WHERE jsonb_typeof(value) = 'number'
            UNION ALL
            SELECT figure.key, member.key, member.value::text::int
            FROM jsonb_each(NEW.tally) AS figure,
                 jsonb_each(CASE jsonb_typeof(figure.value) WHEN 'object'
                            THEN figure.value ELSE '{{}}'::jsonb END) AS member
        ) AS changes
        ON CONFLICT (figure, member, day, backend)
        DO UPDATE SET change = audit_tally.change + excluded.change;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The event log is append-only: % on % is refused',
        TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION audit_chain_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Depth 2 is the append trigger's own UPDATE; depth 1 is anybody else's.
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'A chain is moved only by recording an event'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER audit_event_append BEFORE INSERT ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_append();
CREATE TRIGGER audit_event_refuse BEFORE UPDATE OR DELETE ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_event_refuse_all BEFORE UPDATE OR DELETE OR TRUNCATE
    ON audit_event FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_chain_guard BEFORE UPDATE ON audit_chain
    FOR EACH ROW EXECUTE FUNCTION audit_chain_guard();
CREATE TRIGGER audit_chain_refuse BEFORE DELETE OR TRUNCATE
    ON audit_chain FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""
DROP = """
DROP TRIGGER audit_event_append ON audit_event;
DROP TRIGGER audit_event_refuse ON audit_event;
DROP TRIGGER audit_event_refuse_all ON audit_event;
DROP TRIGGER audit_chain_guard ON audit_chain;
DROP TRIGGER audit_chain_refuse ON audit_chain;
DROP FUNCTION audit_append(); DROP FUNCTION audit_refuse();
DROP FUNCTION audit_chain_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(APPEND, DROP)]
