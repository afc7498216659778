"""Helpers that tamper with chains, as a superuser could."""

from contextlib import AbstractContextManager
from typing import Any

from django.db import connection

from innovation.audit import events
from innovation.audit.hashing import expression
from innovation.audit.models import Chain
from tests.database_guards import disable_guards
from tests.dates import MOMENT


def create_chain(length: int = 5, **more: Any) -> Chain:
    chain = events.open_chain(Chain.Kind.SERVICE)
    for number in range(1, length + 1):
        events.record_on_chain(
            chain,
            f"thing.done_{number}",
            subject=f"THING-{number}",
            by=events.SERVICE,
            at=MOMENT,
            data={"number": number},
            **more,
        )
    return Chain.objects.get(pk=chain.pk)


def without_triggers() -> AbstractContextManager[None]:
    """Triggers do not fire: what only the owner of the tables can do."""
    tables = "audit_event", "audit_chain", "audit_tally"
    return disable_guards(*tables, every_trigger=True)


def execute(statement: str, *values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))
        return int(cursor.rowcount)


def tamper(statement: str, *values: object) -> None:
    with without_triggers():
        assert execute(statement, *values) > 0


def fix_hash(chain: Chain, seq: int) -> None:
    """Give the row a hash that fits its new content."""
    tamper(
        f"UPDATE audit_event AS event SET hash = {expression('event')} "
        "WHERE chain_id = %s AND seq = %s",
        chain.pk,
        seq,
    )


def forge_event(chain: Chain, seq: int, tally: str = "{}", **more: object) -> None:
    """Insert a row that follows the one before it and carries a fitting hash."""
    tamper(
        "INSERT INTO audit_event (chain_id, seq, name, subject, actor, at, data, tally,"
        " stage, request_id, recorded_at, txid, previous, hash)"
        " SELECT chain_id, %s, 'thing.forged', subject, actor, at, data, %s::jsonb,"
        " %s, request_id, recorded_at, txid, hash, ''"
        " FROM audit_event WHERE chain_id = %s AND seq = %s",
        seq,
        tally,
        more.get("stage", ""),
        chain.pk,
        seq - 1,
    )
    fix_hash(chain, seq)


def renumber_events(chain: Chain, first: int, by: int) -> None:
    """Renumber the rows from `first` on, by way of unused numbers."""
    renumber = (
        "UPDATE audit_event SET seq = seq + 1000 WHERE chain_id = %s AND seq >= %s"
    )
    tamper(renumber, chain.pk, first)
    back = (
        "UPDATE audit_event SET seq = seq - 1000 + %s WHERE chain_id = %s"
        " AND seq >= 1000"
    )
    tamper(back, by, chain.pk)


def swap_events(chain: Chain, first: int, other: int) -> None:
    for old, new in ((first, 999), (other, first), (999, other)):
        tamper(
            "UPDATE audit_event SET seq = %s WHERE chain_id = %s AND seq = %s",
            new,
            chain.pk,
            old,
        )
