"""Statements that no domain call makes, for every table of evidence.

They are generated from the tables: a different value for each column of a settled row,
each change of state that the domain does not have, and each row deleted, copied or made
up. The exceptions are in `COLUMNS_WITH_EVENT`: changes that are legal at any time with
an event.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import DatabaseError, connection, transaction

from bids.states import BID, EXPRESSION, RECONSIDERATION
from funding.states import AWARD, CORRECTION, MEETING, PAYMENT, VARIATION
from innovation.audit import guards
from innovation.core.transitions import Table

REFUSAL_CODES = {"42501", "23502", "23503", "23505", "23514"}
"""Of rights and guards, and of constraints."""

STATES: dict[str, Table] = {
    "bids_bid": BID,
    "bids_expression": EXPRESSION,
    "bids_reconsideration": RECONSIDERATION,
    "funding_award": AWARD,
    "funding_correction": CORRECTION,
    "funding_meeting": MEETING,
    "funding_payment": PAYMENT,
    "funding_variation": VARIATION,
}


def _end_states(table: Table) -> str:
    ends = [str(state) for state in table.states if not table.verbs_from(state)]
    return "state IN (" + ", ".join(f"'{state}'" for state in ends) + ")"


SETTLED_ROWS = {
    **{table: _end_states(process) for table, process in STATES.items()},
    "accounts_apitoken": "revoked_at IS NOT NULL",
    "accounts_invitation": "ended_at IS NOT NULL",
    "accounts_rolegrant": "ended_at IS NOT NULL",
    "accounts_rolerequest": "state <> 'waiting'",
    "accounts_user": "declared_interest",
    "bids_answer": "bid_id IS NOT NULL OR expression_id IN (SELECT id FROM"
    " bids_expression WHERE state <> 'draft')",
    "bids_answerversion": "settled_at IS NOT NULL",
    "bids_assessment": "finished_at IS NOT NULL",
    "bids_assignment": "ended_at IS NOT NULL",
    "bids_casedocument": "removed_at IS NOT NULL",
    "bids_clarification": "answered_at IS NOT NULL",
    "bids_comment": "done_at IS NOT NULL",
    "bids_message": "settled_at IS NOT NULL",
    "bids_moderatedscore": "bid_id IN (SELECT id FROM bids_bid WHERE state <>"
    " 'submitted')",
    "bids_question": "question_set_id IN (SELECT id FROM bids_questionset WHERE"
    " published_at IS NOT NULL)",
    "bids_questionset": "published_at IS NOT NULL",
    "bids_round": "published",
    "bids_score": "assessment_id IN (SELECT id FROM bids_assessment WHERE finished_at"
    " IS NOT NULL)",
    "bids_signature": "ended_at IS NOT NULL",
    "bids_signaturerequest": "state <> 'waiting'",
    "funding_agendaitem": "deferred_at IS NOT NULL",
    "funding_attendance": "present IS NOT NULL",
    "funding_grantfile": "sent_at IS NOT NULL",
    "funding_import": "state = 'applied'",
    "funding_monitoringreport": "handed_in_at IS NOT NULL",
    "funding_offer": "answered_at IS NOT NULL",
    # One may still be reconciled with the bank, whatever became of it.
    "funding_payment": "reconciled_at IS NOT NULL",
}
"""A row of each of these about which the last word was said; of the others, any."""

SENT_TABLES = {
    "bids_barrier",
    "bids_expectedoutcome",
    "bids_expression_councils",
    "bids_expression_partners",
    "bids_expression_practice_models",
    "bids_moneyasked",
    "bids_supportneed",
}
OF_SENT_CASE = (
    "expression_id IN (SELECT id FROM bids_expression WHERE state = 'taken_forward')"
)

COLUMNS_WITH_EVENT = {
    "accounts_membership": "standing office confirmed_at confirmed_by",
    "accounts_user": "email name password last_login roles is_active"
    " roles_change_at session_epoch wants_reminders",
    "bids_round": "name summary closes_at opens_note replies_by max_award",
    "bids_strand": "position",
    "funding_interest": "mitigation agreed_by agreed_at",
    "organisations_organisation": "name applicant_type legal_form council_id source"
    " confidence notes",
    "registers_notice": "text kind readers starts_at ends_at",
}
DELETED_WITH_EVENT = {"accounts_membership"}

COPY_CHANGES = {
    "accounts_apitoken": "digest = 'forged'",
    "bids_answer": "question_id = question_id + 1",
    "bids_answerversion": "number = 99, settled_at = now()",
    "bids_assessment": "assessor_id = 1",
    "bids_assignment": "user_id = 1",
    "bids_bidmoney": "financial_year = 2016",
    "bids_clarification": "question = 'Forged?'",
    "bids_comment": "text = 'Forged'",
    "bids_expectedoutcome": "description = 'Forged'",
    "bids_feedback": "text = 'Forged'",
    "bids_message": "text = 'Forged'",
    "bids_milestone": "description = 'Forged'",
    "bids_moderatedscore": "criterion_id = criterion_id + 1",
    "bids_moneyasked": "financial_year = 2016",
    "bids_otherfunding": "source = 'Forged'",
    "bids_outcome": "description = 'Forged'",
    "bids_partnerletter": "organisation_id = 1",
    "bids_question": "code = 'forged', kind = 'long_text'",
    "bids_risk": "description = 'Forged'",
    "bids_score": "criterion_id = criterion_id + 1",
    "bids_signature": "signed_at = signed_at - interval '1 day'",
    "bids_supportneed": "kind = 'legal'",
    "documents_document": "file = 'documents/forged'",
    "funding_agendaitem": "deferred_at = now()",
    "funding_attendance": "member_id = 1",
    "funding_award": "bid_id = NULL",
    "funding_awardreason": "text = 'Forged', kind = 'declined'",
    "funding_awardyear": "financial_year = 2016",
    "funding_claim": "note = 'Forged'",
    "funding_decidedamount": "financial_year = 2016",
    "funding_finding": "outcome = 'Forged'",
    "funding_importedcase": "sheet_id = 'E9'",
    "funding_meeting": "chain_id = chain_id - 1",
    "funding_moneyline": "source = 'forged'",
    "funding_monitoringreport": "period = 'Forged'",
    "funding_opinion": "member_id = 1",
    "funding_outcomeactual": "value = 9",
    "funding_payment": "instalment = 9",
    "funding_recommendedamount": "financial_year = 2016",
    "funding_variation": "reason = 'Forged'",
}
"""How a copy of the settled row differs, so that it is not refused for being one."""

MONEY_LINES = [
    (status, amount)
    for status in ("pipeline", "recommended", "approved", "agreed", "paid", "recovered")
    for amount in ("amount", "amount + 1", "-amount")
]


OTHER_STATEMENTS = [
    "UPDATE accounts_user SET session_epoch = session_epoch - 1"
    " WHERE session_epoch > 0",
]
"""What is made of no column alone."""


@dataclass(frozen=True, slots=True)
class Statement:
    sql: str
    needs_rights: bool = False
    """Refused by what the user lacks, where the owner could."""


def evidence_statements() -> Iterator[Statement]:
    for table, guard in guards.declarations().guards.items():
        if guard.model._meta.app_label == "audit":
            continue
        for row in _settled_rows(table):
            yield from _update_statements(table, row)
        if table not in DELETED_WITH_EVENT:
            yield Statement(f"DELETE FROM {table} WHERE id = {row}")
            yield Statement(f"DELETE FROM {table}")
        yield Statement(f"TRUNCATE {table} CASCADE")
        yield Statement(f"ALTER TABLE {table} DISABLE TRIGGER USER", True)
        yield Statement(f"DROP TRIGGER guard_keep ON {table}", True)
        if table in COPY_CHANGES:
            yield Statement(_copy_statement(table, row, COPY_CHANGES[table]))
        if table in STATES:
            yield from _state_statements(table, STATES[table])
    [line] = _settled_rows("funding_moneyline")
    for status, amount in MONEY_LINES:
        tweak = f"status = '{status}', amount = {amount}, source = source || ' again'"
        yield Statement(_copy_statement("funding_moneyline", line, tweak))
    yield from (Statement(sql) for sql in OTHER_STATEMENTS)


def _update_statements(table: str, row: str) -> Iterator[Statement]:
    allowed = COLUMNS_WITH_EVENT.get(table, "").split()
    for column, kind in _columns(table):
        if column not in allowed:
            value = _other_value(column, kind)
            yield Statement(f"UPDATE {table} SET {column} = {value} WHERE id = {row}")


def _state_statements(table: str, states: Table) -> Iterator[Statement]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT ON (state) state, id FROM {table}")
        there = dict(cursor.fetchall())
    known = {
        (str(source), str(move.target))
        for move in states.transitions
        for source in move.sources
    }
    for old, row in there.items():
        for new in states.states:
            if new != old and (old, str(new)) not in known:
                yield Statement(f"UPDATE {table} SET state = '{new}' WHERE id = {row}")


def _settled_rows(table: str) -> list[str]:
    """One row, or one for each state in which a process ends."""
    where = SETTLED_ROWS.get(table, OF_SENT_CASE if table in SENT_TABLES else "true")
    group_by = "GROUP BY state" if table in STATES else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT min(id) FROM {table} WHERE {where} {group_by}")
        rows = [str(row) for (row,) in cursor.fetchall()]
    assert rows != ["None"], f"no settled row of {table} was staged"
    return rows


def _copy_statement(table: str, row: str, tweak: str) -> str:
    values = {name: name for name, _ in _columns(table) if name != "id"}
    if "key" in values:
        values["key"] = "'FOR-GED00-00000'"
    for part in tweak.split(", "):
        name, _, value = part.partition(" = ")
        values[name] = value
    return (
        f"INSERT INTO {table} ({', '.join(values)}) SELECT {', '.join(values.values())}"
        f" FROM {table} WHERE id = {row}"
    )


def _columns(table: str) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute"
            " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
            " AND attgenerated = '' ORDER BY attnum",
            [table],
        )
        return list(cursor.fetchall())


def _other_value(column: str, kind: str) -> str:
    if kind in {"character varying", "text"}:
        return (
            f"CASE WHEN coalesce({column}, '') = '' THEN 'x'"
            f" ELSE overlay({column} placing '~' from 1 for 1) END"
        )
    if kind.endswith("[]"):
        return f"array_append({column}, 'forged')"
    return {
        "boolean": f"NOT coalesce({column}, false)",
        "bytea": "'forged'",
        "date": f"coalesce({column}, DATE '2014-01-02') - 1",
        "jsonb": """'{"forged": true}'""",
        "timestamp with time zone": f"coalesce({column}, now()) - interval '1 day'",
        "uuid": "gen_random_uuid()",
    }.get(kind, f"coalesce({column}, 0) + 1")


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


def is_accepted(statement: Statement) -> bool:
    """Whether it can be done, to the end of its transaction; then it is undone."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement.sql)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            transaction.set_rollback(True)
    except DatabaseError as refused:
        if getattr(refused.__cause__, "pgcode", None) not in REFUSAL_CODES:
            raise AssertionError(f"{statement.sql}: {refused}") from refused
        return False
    return True
