"""Events state the rows that their transaction changed: see `innovation.audit.evidence`.

`audit_touched` holds the rows that no event has stated yet, for the length of one
transaction: it is empty for everybody else. It is not logged, for what a crash leaves
in it nobody needs.
"""

from django.db import migrations

FORWARD = r"""
ALTER TABLE audit_event ADD COLUMN IF NOT EXISTS rows jsonb;
COMMENT ON COLUMN audit_event.rows IS
    'The evidence its transaction changed, by table and key; null for what is gone';

CREATE UNLOGGED TABLE audit_touched (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    txid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    chain_id bigint NOT NULL,
    relation text NOT NULL,
    row_key text NOT NULL,
    facts jsonb NOT NULL,
    CONSTRAINT audit_touched_once UNIQUE (txid, chain_id, relation, row_key)
);

CREATE FUNCTION audit_moment(at timestamptz) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')
$$;
CREATE FUNCTION audit_digest(words text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE words WHEN '' THEN ''
        ELSE encode(sha256(convert_to(words, 'UTF8')), 'hex') END
$$;

CREATE FUNCTION audit_keep(
    of_chain bigint, of_relation text, of_row bigint, as_stated jsonb)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO audit_touched (chain_id, relation, row_key, facts)
    VALUES (of_chain, of_relation, of_row::text, as_stated)
    ON CONFLICT (txid, chain_id, relation, row_key)
    DO UPDATE SET facts = excluded.facts;
END $$;

CREATE FUNCTION audit_add_rows() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    WITH taken AS (
        DELETE FROM audit_touched
        WHERE txid = pg_current_xact_id() AND chain_id IN (NEW.chain_id, 0)
        RETURNING relation, row_key, facts
    )
    SELECT jsonb_object_agg(relation, stated) INTO NEW.rows
    FROM (SELECT relation, jsonb_object_agg(row_key, facts) AS stated
          FROM taken GROUP BY relation) AS by_relation;
    RETURN NEW;
END $$;

CREATE FUNCTION audit_refuse_unstated() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    last audit_event;
BEGIN
    IF NOT EXISTS (SELECT FROM audit_touched WHERE id = NEW.id) THEN
        RETURN NULL;
    END IF;
    -- Written after the last event of its chain: one more states it, in its name.
    IF NEW.chain_id = 0 THEN
        SELECT * INTO last FROM audit_event
        WHERE txid = pg_current_xact_id()::text::bigint ORDER BY id DESC LIMIT 1;
    ELSE
        SELECT * INTO last FROM audit_event
        WHERE chain_id = NEW.chain_id ORDER BY seq DESC LIMIT 1;
    END IF;
    IF last.txid IS DISTINCT FROM pg_current_xact_id()::text::bigint THEN
        RAISE EXCEPTION 'Row % of % was changed without an event',
            NEW.row_key, NEW.relation USING ERRCODE = 'integrity_constraint_violation',
            HINT = 'Evidence is changed together with an event of its chain.';
    END IF;
    -- Where checks are made before the end, that of the chain still follows its event.
    SET CONSTRAINTS audit_chain_told DEFERRED;
    INSERT INTO audit_event
        (chain_id, seq, name, subject, actor, at, data, tally, stage, request_id,
         recorded_at, txid, previous, hash)
    VALUES (last.chain_id, 0, 'evidence.stated', last.subject, last.actor, last.at,
        '{}', '{}', '', last.request_id, now(), 0, '', '');
    RETURN NULL;
END $$;

CREATE FUNCTION audit_state_existing(
    of_relation text, of_chain bigint, condition text DEFAULT 'true')
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    last bigint := 0;
    taken bigint;
BEGIN
    LOOP
        EXECUTE format(
            'WITH kept AS (
                INSERT INTO audit_touched (chain_id, relation, row_key, facts)
                SELECT $1, %L, id::text, audit_facts_%s(r) FROM %I AS r
                WHERE id > $2 AND %s ORDER BY id LIMIT 1000
                RETURNING row_key::bigint)
             SELECT max(row_key) FROM kept',
            of_relation, of_relation, of_relation, condition)
            INTO taken USING of_chain, last;
        EXIT WHEN taken IS NULL;
        last := taken;
        INSERT INTO audit_event
            (chain_id, seq, name, subject, actor, at, data, tally, stage, request_id,
             recorded_at, txid, previous, hash)
        VALUES (of_chain, 0, 'evidence.carried_over', left(of_relation, 40), 'service',
            now(), '{}', '{}', '', '', now(), 0, '', '');
    END LOOP;
END $$;
COMMENT ON FUNCTION audit_state_existing IS
    'For migrations: state the rows that a table has, as they are';

REVOKE ALL ON FUNCTION audit_keep(bigint, text, bigint, jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_state_existing(text, bigint, text) FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_add_rows() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_refuse_unstated() FROM PUBLIC;

CREATE TRIGGER audit_event_add_rows BEFORE INSERT ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_add_rows();
CREATE CONSTRAINT TRIGGER audit_touched_stated AFTER INSERT ON audit_touched
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_unstated();

CREATE OR REPLACE FUNCTION audit_append() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    chain audit_chain;
BEGIN
    -- The chain's row is the lock: two events of one case are written one by one.
    SELECT * INTO STRICT chain FROM audit_chain WHERE id = NEW.chain_id FOR UPDATE;
    NEW.seq := chain.length + 1;
    NEW.previous := chain.head;
    NEW.recorded_at := clock_timestamp();
    NEW.txid := pg_current_xact_id()::text::bigint;
    NEW.hash := encode(sha256(convert_to(concat_ws(E'\x1f',
        NEW.chain_id::text, NEW.seq::text, NEW.name, NEW.subject, NEW.actor,
        to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        to_char(NEW.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        NEW.data::text, NEW.tally::text, NEW.stage, NEW.request_id, NEW.txid::text,
        NEW.previous, NEW.rows::text), 'UTF8')), 'hex');
    UPDATE audit_chain SET length = NEW.seq, head = NEW.hash,
        stage = CASE WHEN NEW.stage = '' THEN stage ELSE NEW.stage END,
        moved_at = CASE WHEN NEW.stage = '' THEN moved_at ELSE NEW.at END
    WHERE id = NEW.chain_id;
    IF NEW.tally <> '{}'::jsonb THEN
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
                            THEN figure.value ELSE '{}'::jsonb END) AS member
        ) AS changes
        ON CONFLICT (figure, member, day, backend)
        DO UPDATE SET change = audit_tally.change + excluded.change;
    END IF;
    RETURN NEW;
END $$;
"""
BACKWARD = """
DROP TRIGGER audit_touched_stated ON audit_touched;
DROP TRIGGER audit_event_add_rows ON audit_event;
DROP FUNCTION audit_refuse_unstated(); DROP FUNCTION audit_add_rows();
DROP FUNCTION audit_moment(timestamptz); DROP FUNCTION audit_digest(text);
DROP FUNCTION audit_keep(bigint, text, bigint, jsonb);
DROP FUNCTION audit_state_existing(text, bigint, text);
DROP TABLE audit_touched;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_guards")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
