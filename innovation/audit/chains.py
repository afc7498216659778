"""Checks that every chain is the history of an object, and of the right kind."""

from django.db import connection

from innovation.audit import evidence

_STATEMENT = """
    WITH owner (chain_id, kind) AS ({owners})
    SELECT chain.id, chain.kind, owner.kind, EXISTS (
        SELECT FROM audit_event WHERE chain_id = chain.id)
    FROM audit_chain AS chain
    LEFT JOIN (SELECT DISTINCT chain_id, kind FROM owner) AS owner
        ON owner.chain_id = chain.id
    WHERE owner.kind IS DISTINCT FROM chain.kind
        AND NOT (owner.kind IS NULL AND (chain.kind = 'service' OR EXISTS (
            -- What was removed with an event leaves its history behind.
            SELECT FROM audit_event AS event JOIN (VALUES {tables}) AS own (name, kind)
                ON own.kind = chain.kind
            WHERE event.chain_id = chain.id
              AND event.rows -> own.name @? '$.* ? (@ == null)')))
       OR NOT EXISTS (SELECT FROM audit_event WHERE chain_id = chain.id)
    ORDER BY chain.id LIMIT %s
"""
_STAGE = """
    SELECT r.key, r.state, event.stage, event.seq, event.chain_id, event.id
    FROM {table} AS r LEFT JOIN LATERAL (
        SELECT * FROM audit_event
        WHERE chain_id = r.chain_id AND starts_with(stage, %s)
        ORDER BY seq DESC LIMIT 1
    ) AS event ON true
    WHERE event.stage IS DISTINCT FROM %s || r.state ORDER BY r.id LIMIT %s
"""


def faults(limit: int) -> list[str]:
    """Sentences about chains without an object, and states that no event names."""
    histories = [table for table in evidence.declared if table.kind]
    owners = " UNION ALL ".join(
        f"SELECT chain_id, '{table.kind}' FROM {table.table}" for table in histories
    )
    tables = ", ".join(f"('{table.table}', '{table.kind}')" for table in histories)
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT.format(owners=owners, tables=tables), [limit])
        sentences = [_fault(*row) for row in cursor.fetchall()]
        for table in evidence.declared:
            if not table.stage:
                continue
            statement, start = _STAGE.format(table=table.table), f"{table.stage}."
            cursor.execute(statement, [start, start, limit])
            sentences += [_stage_fault(*row) for row in cursor.fetchall()]
        for check in evidence.checks:
            cursor.execute(check.statement)
            sentences += [
                check.sentence.format(*row) for row in cursor.fetchmany(limit)
            ]
    return sentences


def _fault(chain: int, kind: str, owner: str | None, has_events: bool) -> str:
    if not has_events:
        return f"Chain {chain} ({kind}) has no events: they were removed or never made."
    if owner is None:
        return (
            f"Chain {chain} was altered: its kind is “{kind}”, but no {kind} has it. "
            f"The kind was changed, or the {kind} was removed."
        )
    return (
        f"Chain {chain} was altered: its kind is “{kind}”, but the object that has it "
        f"is of kind “{owner}”."
    )


def _stage_fault(
    key: str,
    state: str,
    stage: str | None,
    seq: int | None,
    chain: int | None,
    event: int | None,
) -> str:
    if stage is None:
        return f"{key} was altered: it is “{state}”, but no event names its stage."
    return (
        f"{key} was altered: it is “{state}”, but event {seq} of chain {chain} (row "
        f"{event}) left it at “{stage}”."
    )
