"""Statements that change the event log, and those that only its owner could make."""

from collections.abc import Iterator

from tests.audit.illegal_statements import Statement

INSERT_EVENT = (
    "INSERT INTO audit_event (chain_id, name, subject, actor, at, data, tally, stage,"
    " request_id{columns}) SELECT id, 'thing.forged', 'T', 'U', now(), '{{}}', '{{}}',"
    " '', ''{values} FROM audit_chain LIMIT 1"
)
FORGED_COLUMNS = {
    "id": "1",
    "seq": "1",
    "previous": "repeat('0', 64)",
    "hash": "repeat('0', 64)",
    "recorded_at": "now()",
    "txid": "1",
}
OWNER_STATEMENTS = [
    *(
        INSERT_EVENT.format(columns=f", {column}", values=f", {value}")
        for column, value in FORGED_COLUMNS.items()
    ),
    "INSERT INTO audit_tally (figure, member, day, backend, change)"
    " VALUES ('expressions', '', '2014-11-12', 0, 285)",
    "UPDATE audit_tally SET change = 285",
    "UPDATE audit_tally SET day = day - 1",
    "DELETE FROM audit_tally",
    "SELECT setval('audit_event_id_seq', 1)",
    "SELECT audit_unguard('bids_bid')",
    "SELECT * INTO TEMPORARY mine FROM audit_chain",
    "CREATE TEMPORARY TABLE audit_chain (LIKE public.audit_chain)",
    "CREATE TEMPORARY TABLE mine (id int)",
    "CREATE TEMPORARY VIEW bids_round AS SELECT 'full' AS route",
    "CREATE TEMPORARY SEQUENCE mine",
    "CREATE FUNCTION pg_temp.now() RETURNS timestamptz LANGUAGE sql AS 'SELECT NULL'",
    "CREATE FUNCTION pg_temp.sha256(bytea) RETURNS bytea LANGUAGE sql AS 'SELECT $1'",
    "CREATE TABLE mine (id int)",
    "CREATE VIEW mine AS SELECT * FROM audit_event",
    "CREATE SEQUENCE mine",
    "CREATE TYPE mine AS (id int)",
    "CREATE SCHEMA mine",
    "CREATE EXTENSION citext",
    "CREATE FUNCTION mine() RETURNS trigger LANGUAGE plpgsql"
    " AS 'BEGIN RETURN NULL; END'",
    "CREATE OR REPLACE FUNCTION audit_guard() RETURNS trigger LANGUAGE plpgsql"
    " AS 'BEGIN RETURN NEW; END'",
    "ALTER FUNCTION audit_append() SECURITY INVOKER",
    "ALTER FUNCTION audit_append() RESET search_path",
    "ALTER FUNCTION audit_append() OWNER TO innovation_app",
    "DROP FUNCTION audit_guard() CASCADE",
    "CREATE TRIGGER mine BEFORE UPDATE ON audit_chain FOR EACH ROW"
    " EXECUTE FUNCTION audit_append()",
    "CREATE TRIGGER mine BEFORE INSERT ON core_heartbeat FOR EACH ROW"
    " EXECUTE FUNCTION audit_append()",
    "CREATE RULE mine AS ON INSERT TO audit_event DO INSTEAD NOTHING",
    "CREATE POLICY mine ON audit_event",
    "ALTER TABLE audit_event DISABLE TRIGGER ALL",
    "ALTER TABLE audit_event DISABLE TRIGGER audit_event_append",
    "ALTER TABLE audit_event ENABLE REPLICA TRIGGER guard_keep",
    "ALTER TABLE audit_event OWNER TO innovation_app",
    "ALTER TABLE audit_event RENAME TO events",
    "ALTER TABLE audit_event DROP COLUMN hash",
    "ALTER TABLE audit_event ALTER COLUMN hash SET DEFAULT 'x'",
    "ALTER TABLE audit_event SET SCHEMA pg_temp",
    "ALTER TABLE audit_event SET UNLOGGED",
    "ALTER TABLE audit_chain DISABLE TRIGGER audit_chain_follows_event",
    "DROP TRIGGER audit_chain_follows_event ON audit_chain",
    "DROP TRIGGER audit_event_append ON audit_event",
    "DROP TABLE audit_tally",
    "DROP INDEX event_seq_once",
    "ALTER INDEX event_feed RENAME TO mine",
    "COMMENT ON TABLE audit_event IS 'mine'",
    "SET session_replication_role = replica",
    "SET LOCAL session_replication_role = replica",
    "SELECT set_config('session_replication_role', 'replica', false)",
    "SET allow_system_table_mods = on",
    "CREATE ROLE mine",
    "ALTER ROLE innovation_app SUPERUSER",
    "ALTER ROLE innovation_app CREATEROLE",
    "ALTER ROLE innovation_app BYPASSRLS",
    "GRANT pg_write_all_data TO innovation_app",
    "GRANT pg_execute_server_program TO innovation_app",
    "GRANT UPDATE ON audit_chain TO innovation_app;"
    " UPDATE audit_chain SET stage = 'bid.approved'",
    "GRANT DELETE ON funding_moneyline TO innovation_app;"
    " DELETE FROM funding_moneyline",
    "GRANT CREATE ON SCHEMA public TO innovation_app; CREATE TABLE mine (id int)",
    "COPY audit_event TO PROGRAM 'cat'",
    "COPY audit_tally FROM '/dev/null'",
    "UPDATE pg_trigger SET tgenabled = 'D'",
    "UPDATE pg_proc SET prosecdef = false WHERE proname = 'audit_append'",
    "DELETE FROM pg_trigger WHERE tgname = 'guard_keep'",
    "UPDATE django_migrations SET name = '0003_none'",
    "DELETE FROM django_content_type",
    "CREATE EVENT TRIGGER mine ON ddl_command_end EXECUTE FUNCTION audit_guard()",
]
LOG_STATEMENTS = [
    *(
        f"UPDATE audit_event SET {column} = {column}"
        for column in ("id", "chain_id", "name", "actor", "at", "data", "stage", "hash")
    ),
    "UPDATE audit_event SET name = 'x' WHERE false",
    "DELETE FROM audit_event",
    "DELETE FROM audit_event WHERE id = (SELECT max(id) FROM audit_event)",
    "TRUNCATE audit_event",
    "TRUNCATE audit_event CASCADE",
    "MERGE INTO audit_event AS one USING audit_event AS other ON one.id = other.id"
    " WHEN MATCHED THEN DELETE",
    "UPDATE audit_chain SET head = repeat('0', 64)",
    "UPDATE audit_chain SET stage = 'bid.approved'",
    "UPDATE audit_chain SET moved_at = now()",
    "UPDATE audit_chain SET kind = 'service' WHERE kind <> 'service'",
    "UPDATE audit_chain SET length = length + 1",
    "UPDATE audit_chain SET length = length + 1, head = repeat('a', 64)",
    "UPDATE audit_chain SET length = length - 1 WHERE length > 0",
    "UPDATE audit_chain SET id = id + 1000000",
    "INSERT INTO audit_chain (kind, length, head, stage) VALUES"
    " ('case', 1, repeat('a', 64), '')",
    "INSERT INTO audit_chain (kind, length, head, stage) VALUES"
    " ('case', 0, repeat('0', 64), 'bid.approved')",
    "DELETE FROM audit_chain",
    "DELETE FROM audit_chain WHERE length = 0",
    "TRUNCATE audit_chain CASCADE",
    "TRUNCATE audit_tally",
]


def log_statements() -> Iterator[Statement]:
    yield from (Statement(sql) for sql in LOG_STATEMENTS)
    yield from (Statement(sql, True) for sql in OWNER_STATEMENTS)
