"""Compares every row of evidence with what the log last stated of it.

One statement covers all tables (see `evidence`), and reads the events once and the rows
once. Parts of a draft are not compared. Whether an application is a draft is taken from
the log, not from its row.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db import connection

from innovation.audit import evidence
from innovation.audit.columns import column_of
from innovation.audit.evidence import Evidence

_STATEMENT = """
    WITH by_chain AS (
        SELECT DISTINCT ON (stated.key, one.key, event.chain_id)
               stated.key AS relation, one.key AS row_key, one.value AS facts,
               event.chain_id, event.seq, event.id, event.name, event.subject
        FROM audit_event AS event, jsonb_each({event_rows}) AS stated,
             jsonb_each({table_rows}) AS one
        WHERE event.rows IS NOT NULL
        ORDER BY stated.key, one.key, event.chain_id, event.seq DESC
    ), stated AS MATERIALIZED (
        -- Rows from before the log stated rows are stated on another chain, earlier.
        SELECT DISTINCT ON (relation, row_key) * FROM by_chain
        WHERE relation = ANY(%(relations)s) ORDER BY relation, row_key, id DESC
    ), there AS (
        {there}
    ), draft (of_table, states, loose) AS (VALUES
        {drafts}
    )
    SELECT coalesce(stated.relation, there.relation),
           coalesce(stated.row_key, there.row_key), stated.facts::text,
           there.facts::text, stated.seq, stated.chain_id, stated.id, stated.name,
           stated.subject, draft.loose,
           (SELECT subject FROM audit_event
            WHERE chain_id = coalesce(nullif(there.chain_id, 0), stated.chain_id)
            ORDER BY seq DESC LIMIT 1),
           count(*) OVER ()
    FROM stated FULL JOIN there
        ON there.relation = stated.relation AND there.row_key = stated.row_key
    LEFT JOIN draft ON draft.of_table = stated.relation
        AND stated.facts->>'state' = ANY(draft.states)
    LEFT JOIN stated AS owner
        ON owner.relation = there.owner AND owner.row_key = there.owner_key
    LEFT JOIN draft AS writing ON writing.of_table = there.owner
        AND owner.facts->>'state' = ANY(writing.states)
    WHERE CASE
        WHEN there.facts IS NULL THEN stated.facts <> 'null'
        WHEN coalesce(stated.facts, 'null') = 'null' THEN writing.of_table IS NULL
        WHEN draft.of_table IS NOT NULL
        THEN stated.facts - draft.loose <> there.facts - draft.loose
        ELSE stated.facts <> there.facts
    END
    ORDER BY coalesce(stated.chain_id, there.chain_id), 1, 2
    LIMIT %(limit)s
"""
_OBJECT = "CASE jsonb_typeof({0}) WHEN 'object' THEN {0} ELSE '{{}}' END"


@dataclass(frozen=True, slots=True)
class Difference:
    """`kind` is “altered”, “removed” or “inserted”."""

    kind: str
    table: str
    key: str
    sentence: str


def differences(limit: int = 100) -> tuple[list[Difference], int]:
    """The first `limit` rows that differ from the log, and how many there are."""
    tables = {table.table: table for table in evidence.tables()}
    with connection.cursor() as cursor:
        cursor.execute(_statement(), {"relations": list(tables), "limit": limit})
        differing_rows = cursor.fetchall()
    return (
        [_difference(tables[row[0]], *row[1:-1]) for row in differing_rows],
        differing_rows[0][-1] if differing_rows else 0,
    )


def _statement() -> str:
    tables = evidence.tables()
    current_rows = "\n        UNION ALL ".join(_current_rows(table) for table in tables)
    drafts = ",\n        ".join(
        f"('{table.table}', ARRAY{list(map(str, table.draft.states))}, "
        f"ARRAY{list(table.draft.columns)})"
        for table in tables
        if table.draft
    )
    return _STATEMENT.format(
        event_rows=_OBJECT.format("event.rows"),
        table_rows=_OBJECT.format("stated.value"),
        there=current_rows,
        drafts=drafts,
    )


def _current_rows(table: Evidence) -> str:
    return (
        f"SELECT '{table.table}' AS relation, r.id::text AS row_key,\n"
        f"        {table.chain('r')} AS chain_id,\n"
        f"        {table.facts_sql('r')} AS facts,\n"
        f"        {', '.join(_owner(table))} FROM {table.table} AS r"
    )


def _owner(declared: Evidence) -> tuple[str, str]:
    """The application that the row is a part of, and its key."""
    if not declared.part:
        return "NULL::text AS owner", "NULL::text AS owner_key"
    columns = [
        (column_of(declared.model, path), declared.owner(path)._meta.db_table)
        for path in declared.owners
    ]
    whens = " ".join(f"WHEN r.{c} IS NOT NULL THEN '{table}'" for c, table in columns)
    keys = ", ".join(f"r.{column}" for column, _ in columns)
    return f"CASE {whens} END AS owner", f"coalesce({keys})::text AS owner_key"


def _difference(
    table: Evidence,
    key: str,
    stated_facts: str | None,
    facts: str | None,
    seq: int | None,
    chain: int | None,
    event: int | None,
    name: str | None,
    subject: str | None,
    loose: list[str] | None,
    case: str | None,
) -> Difference:
    stated, current = _load_facts(stated_facts), _load_facts(facts)
    event_named = f"event {seq} of chain {chain} ({name} of {subject}, row {event})"
    if current is None:
        kind, description = "removed", f"was removed: {event_named} states it"
    elif stated is None and event is None:
        kind, description = "inserted", "was inserted: no event states it"
    elif stated is None:
        kind, description = (
            "inserted",
            f"was inserted: {event_named} says it was removed",
        )
    else:
        changed = "; ".join(_changes(table, stated, current, loose or []))
        kind, description = "altered", f"was altered: {changed} ({event_named})"
    return Difference(
        kind, table.table, key, f"{_row_name(table, key, case)} {description}."
    )


def _load_facts(facts: str | None) -> dict[str, object] | None:
    loaded: dict[str, object] | None = json.loads(facts) if facts else None
    return loaded


def _row_name(table: Evidence, key: str, case: str | None) -> str:
    of = f" of {case}" if case else ""
    name = str(table.model._meta.verbose_name)
    return f"{name[0].upper()}{name[1:]}{of} (row {key} of {table.table})"


def _changes(
    table: Evidence,
    stated: Mapping[str, object],
    current: Mapping[str, object],
    loose: list[str],
) -> Iterator[str]:
    digests = table.digest_columns()
    for column in sorted(stated.keys() | current.keys()):
        if column in loose or stated.get(column) == current.get(column):
            continue
        if column not in stated:
            yield f"the log does not say {column}"
        elif column in digests and current.get(column):
            yield f"{column} is not the text that was recorded"
        else:
            yield f"{column} is {_display(current.get(column))}, and the log says " + (
                "otherwise" if column in digests else _display(stated[column])
            )


def _display(value: object) -> str:
    return "empty" if value in (None, "", []) else f"“{value}”"
