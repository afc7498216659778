"""Checkpoints: events that record the length and last hash of chains, so that a chain
which is removed, shortened or rewritten with all its hashes can be named.

Each checkpoint is an event on a chain of its own, and holds the chains that have
changed since the last one. Only a seal can detect that checkpoints were rewritten too,
or what was changed after the last checkpoint.
"""

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from innovation.audit import events
from innovation.audit.event_names import LogEvent
from innovation.audit.models import Chain, Event

NAME = LogEvent.LOG_COUNTED
_MAX_CHAINS = 10_000
"""Chains in one event."""

# Anybody who can record events can record one of this name. Malformed ones are skipped,
# so no cast may fail.
_CHECKPOINTS = rf"""
    SELECT event.at, event.id, one.value->>0 AS kind, one.value->>2 AS head,
           CASE WHEN one.key ~ '^\d{{1,18}}$' THEN one.key::bigint END AS chain_id,
           CASE WHEN one.value->>1 ~ '^\d{{1,9}}$'
                THEN (one.value->>1)::int END AS length
    FROM audit_event AS event, jsonb_each(
        CASE jsonb_typeof(event.data->'chains') WHEN 'object'
        THEN event.data->'chains' ELSE '{{}}' END) AS one
    WHERE event.name = '{NAME}' AND event.actor = 'service'
"""
_CHANGED_CHAINS = f"""
    WITH counted AS ({_CHECKPOINTS})
    SELECT chain.id, chain.kind, chain.length, chain.head FROM audit_chain AS chain
    WHERE chain.id <> %s AND NOT EXISTS (
        SELECT FROM counted WHERE counted.chain_id = chain.id
          AND counted.length = chain.length AND counted.head = chain.head)
    ORDER BY chain.id LIMIT %s
"""
_FAULTY_CHAINS = f"""
    WITH counted AS ({_CHECKPOINTS})
    SELECT DISTINCT ON (counted.chain_id)
           counted.chain_id, counted.kind, counted.length, counted.at, counted.id,
           chain.kind, (SELECT count(*) FROM audit_event
                        WHERE chain_id = counted.chain_id)
    FROM counted LEFT JOIN audit_chain AS chain ON chain.id = counted.chain_id
    LEFT JOIN audit_event AS event
        ON event.chain_id = counted.chain_id AND event.seq = counted.length
    WHERE counted.chain_id IS NOT NULL AND counted.length IS NOT NULL
      AND (chain.id IS NULL OR chain.kind <> counted.kind
           OR event.hash IS DISTINCT FROM counted.head)
    ORDER BY counted.chain_id, counted.length DESC LIMIT %s
"""


@transaction.atomic
def record(*, at: datetime) -> int:
    """Record the chains changed since the last checkpoint; return how many."""
    first = Event.objects.filter(name=NAME).order_by("id").first()
    own = first.chain_id if first else 0
    changed = _rows(_CHANGED_CHAINS, own, _MAX_CHAINS)
    if changed:
        chain = first.chain if first else events.open_chain(Chain.Kind.SERVICE)
        events.record_on_chain(
            chain,
            NAME,
            subject="log",
            by=events.SERVICE,
            at=at,
            data={"chains": {str(pk): facts for pk, *facts in changed}},
        )
    return len(changed)


def faults(limit: int) -> list[str]:
    """Sentences about chains that are shorter than their checkpoint or differ."""
    return [_fault(*row) for row in _rows(_FAULTY_CHAINS, limit)]


def _fault(
    chain: int,
    counted_kind: str,
    length: int,
    at: datetime,
    row: int,
    kind: str | None,
    events_now: int,
) -> str:
    count = f"on {at:%-d %B %Y} it had {length} (counted by row {row})"
    if kind is None and not events_now:
        return f"Chain {chain} ({counted_kind}) was removed with its events: {count}."
    if kind is not None and kind != counted_kind:
        return (
            f"Chain {chain} was altered: its kind is “{kind}”, and was "
            f"“{counted_kind}”."
        )
    if events_now < length:
        return (
            f"Events of chain {chain} were removed, now it has {events_now}: {count}."
        )
    return f"Events of chain {chain} were rewritten: {count}, with another last event."


def _rows(statement: str, *values: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
