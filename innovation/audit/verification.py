"""Finds the first row of the log that is not as it was written."""

from dataclasses import dataclass

from django.db import connection

from innovation.audit.hashing import expression
from innovation.audit.models import GENESIS

_FIRST_BAD = f"""
    WITH walked AS (
        SELECT event.*,
               {expression("event")} AS recomputed,
               row_number() OVER chain AS place,
               lag(hash, 1, '{GENESIS}') OVER chain AS hash_before
        FROM audit_event AS event
        WINDOW chain AS (PARTITION BY chain_id ORDER BY seq, id)
    )
    SELECT id, chain_id, seq, name, subject,
           CASE WHEN seq > place THEN 'removed'
                WHEN hash <> recomputed THEN 'altered'
                WHEN seq < place THEN 'inserted'
                ELSE 'reordered' END
    FROM walked
    WHERE seq <> place OR hash <> recomputed OR previous <> hash_before
    ORDER BY id LIMIT 1
"""
_SHORT = """
    SELECT chain.id, chain.length, count(event.id)
    FROM audit_chain AS chain LEFT JOIN audit_event AS event
      ON event.chain_id = chain.id
    GROUP BY chain.id
    HAVING count(event.id) <> chain.length
        OR coalesce((array_agg(event.hash ORDER BY event.seq DESC))[1],
                    %s) <> chain.head
    ORDER BY chain.id LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Fault:
    """Where the log was touched, in words an administrator can act on."""

    kind: str
    sentence: str


def first_fault() -> Fault | None:
    """The first altered, removed, inserted or reordered row, or None.

    Reads the whole log in two statements; about a second for 300,000 events.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FIRST_BAD)
        row = cursor.fetchone()
        if row is not None:
            return _fault(*row)
        cursor.execute(_SHORT, [GENESIS])
        short = cursor.fetchone()
    if short is None:
        return None
    chain, length, found = short
    return Fault(
        "removed",
        f"Event {found + 1} of chain {chain} was removed: the chain holds {found} "
        f"events and should hold {length}.",
    )


def _fault(row: int, chain: int, seq: int, name: str, subject: str, kind: str) -> Fault:
    where = f"event {seq} of chain {chain} ({name} of {subject}, row {row})"
    if kind == "removed":
        return Fault(kind, f"An event before {where} was removed.")
    return Fault(kind, f"The {where} was {kind}.")
