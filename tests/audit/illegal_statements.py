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
    "bids_criterion": "id IN (SELECT criterion_id FROM bids_score)",
    "bids_message": "settled_at IS NOT NULL",
    "bids_moderatedscore": "bid_id IN (SELECT id FROM bids_bid WHERE state <>"
    " 'submitted')",
    "bids_question": "question_set_id IN (SELECT id FROM bids_questionset WHERE"
    " published_at IS NOT NULL)",
    "bids_batchcase": "undone_at IS NOT NULL",
    "bids_clarificationquestion": "answer <> ''",
    "bids_questionset": "published_at IS NOT NULL",
    "bids_round": "published AND id IN (SELECT round_id FROM bids_criterion WHERE id"
    " IN (SELECT criterion_id FROM bids_score))",
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
    "organisations_councilfact": "withdrawn_at IS NOT NULL",
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
    "bids_eligibilitycheck": "position",
    "bids_round": "name summary closes_at opens_note replies_by max_award",
    "bids_strand": "position",
    "funding_interest": "mitigation agreed_by agreed_at",
    "organisations_organisation": "name applicant_type legal_form council_id source"
    " confidence notes",
    "registers_closedday": "reason day state",
    "registers_notice": "text kind readers starts_at ends_at",
    "registers_programme": "name co_funder main",
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
    "bids_criterionversion": "weight = weight + 1",
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
