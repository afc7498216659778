"""Finds the first row of the log that was changed after it was written.

A few statements check the whole log; only a broken chain is checked row by row. A
superuser who also rewrites every hash, head, tally and number leaves no trace in the
database. `seals` checks the log against a record outside it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from innovation.audit import diagnosis
from innovation.audit.diagnosis import Row
from innovation.audit.hashing import expression
from innovation.audit.models import GENESIS, Chain, Event

_BROKEN_LINK = f"""
    WITH linked AS (
        SELECT id, seq, previous, row_number() OVER chain AS place,
               lag(hash, 1, '{GENESIS}') OVER chain AS hash_before
        FROM audit_event
        WINDOW chain AS (PARTITION BY chain_id ORDER BY seq, id)
    ), faulty AS (
        SELECT id FROM linked WHERE seq <> place OR previous <> hash_before
        UNION ALL
        -- The count keeps the planner from walking by id: workers share the scan.
        SELECT CASE WHEN count(*) > 0 THEN min(id) END FROM audit_event AS event
        WHERE hash <> {expression("event")}
    )
    SELECT chain_id FROM audit_event WHERE id = (SELECT min(id) FROM faulty)
"""
_WRONG_LENGTH = """
    SELECT coalesce(chain.id, event.chain_id) AS id
    FROM audit_chain AS chain FULL JOIN audit_event AS event
      ON event.chain_id = chain.id
    GROUP BY chain.id, event.chain_id
    HAVING chain.id IS NULL OR count(event.id) <> chain.length
        OR coalesce((array_agg(event.hash ORDER BY event.seq DESC))[1],
                    %s) <> chain.head
    ORDER BY id LIMIT 1
"""
_ROWS = f"""
    SELECT id, seq, name, subject, previous, hash,
           (SELECT place FROM generate_series(1, %s) AS place
            WHERE {expression("event").replace("event.seq::text", "place::text")}
                  = event.hash LIMIT 1)
    FROM audit_event AS event WHERE chain_id = %s ORDER BY seq, id
"""
_UNNUMBERED_EVENT = """
    SELECT chain_id, seq, name, subject, id FROM audit_event
    WHERE id > (SELECT last_value FROM audit_event_id_seq) ORDER BY id LIMIT 1
"""
_STAGE = """
    SELECT chain.id, event.seq, event.name, event.subject, event.id
    FROM audit_chain AS chain LEFT JOIN LATERAL (
        SELECT * FROM audit_event
        WHERE chain_id = chain.id AND stage <> '' ORDER BY seq DESC LIMIT 1
    ) AS event ON true
    WHERE chain.stage <> coalesce(event.stage, '')
       OR chain.moved_at IS DISTINCT FROM event.at
    ORDER BY event.id, chain.id LIMIT 1
"""
_TALLIES = """
    WITH changes AS (
        SELECT id, key AS figure, '' AS member, value::text::int AS change,
               (at AT TIME ZONE 'Europe/London')::date AS day
        FROM audit_event, jsonb_each(tally)
        WHERE tally <> '{}' AND jsonb_typeof(value) = 'number'
        UNION ALL
        SELECT id, figure.key, member.key, member.value::text::int,
               (at AT TIME ZONE 'Europe/London')::date
        FROM audit_event, jsonb_each(tally) AS figure,
             jsonb_each(CASE jsonb_typeof(figure.value) WHEN 'object'
                        THEN figure.value ELSE '{}'::jsonb END) AS member
        WHERE tally <> '{}'
    ), by_events AS (
        SELECT figure, member, day, sum(change) AS total, max(id) AS id
        FROM changes GROUP BY figure, member, day
    ), stored AS (
        SELECT figure, member, day, sum(change) AS total
        FROM audit_tally GROUP BY figure, member, day
    )
    SELECT figure, day, coalesce(stored.total, 0), coalesce(by_events.total, 0),
           by_events.id
    FROM by_events FULL JOIN stored USING (figure, member, day)
    WHERE coalesce(stored.total, 0) <> coalesce(by_events.total, 0)
    ORDER BY day, figure LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Fault:
    """Where the log was changed, in words that an administrator can act on."""

    kind: str
    sentence: str


def first_fault() -> Fault | None:
    """The first altered, removed, inserted or reordered row, or `None`."""
    chain = _first_row(_BROKEN_LINK) or _first_row(_WRONG_LENGTH, GENESIS)
    if chain is not None:
        return _diagnose(chain[0])
    event = _first_row(_UNNUMBERED_EVENT)
    if event is not None:
        return _fault("inserted", *event)
    stage = _first_row(_STAGE)
    if stage is not None:
        return _stage_fault(*stage)
    tally = _first_row(_TALLIES)
    return _tally_fault(*tally) if tally else None


def _diagnose(pk: int) -> Fault:
    chain = Chain.objects.filter(pk=pk).first()
    if chain is None:
        return Fault("removed", f"Chain {pk} was removed, but not all its events.")
    places = max(chain.length, Event.objects.filter(chain=pk).count()) + 1
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, [places, pk])
        rows = [Row(*row) for row in cursor.fetchall()]
    finding = diagnosis.first_finding(rows, chain.length, chain.head)
    if finding is None:
        return Fault("altered", f"Chain {pk} is not as it was written.")
    if finding.row is None:
        return Fault(
            finding.kind,
            f"Event {finding.seq} of chain {pk} was removed: the chain has "
            f"{len(rows)} events, and should have {chain.length}.",
        )
    row = finding.row
    return _fault(finding.kind, pk, row.seq, row.name, row.subject, row.id)


def _fault(
    kind: str,
    chain: int,
    seq: int,
    name: str,
    subject: str,
    row: int,
    *,
    qualifier: str = "",
) -> Fault:
    event = f"Event {seq} of chain {chain} ({name} of {subject}, row {row})"
    return Fault(kind, f"{event} was {kind}{qualifier}.")


def _stage_fault(chain: int, seq: int | None, *event: Any) -> Fault:
    """The chain's stage, or its time, differs from that of its last event with a stage:
    one of the two was changed.
    """
    if seq is None:
        return Fault(
            "altered", f"Chain {chain} was altered: no event of it names a stage."
        )
    qualifier = ", or the stage of its chain was altered"
    return _fault("inserted", chain, seq, *event, qualifier=qualifier)


def _tally_fault(
    figure: str, day: date, tallied: int, stated: int, row: int | None
) -> Fault:
    last = f"; the last event that says so is row {row}" if row else ""
    return Fault(
        "uncounted",
        f"The figure “{figure}” changed by {tallied} on {day:%-d %B %Y}, but the "
        f"events say {stated}{last}. An event or the tally was changed.",
    )


def _first_row(statement: str, *values: int | str) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))
        row: tuple[Any, ...] | None = cursor.fetchone()
        return row
