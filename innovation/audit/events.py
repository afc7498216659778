"""Records events: call `events.record` in the transaction of the change."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol

from django.db import connection, transaction
from structlog.contextvars import get_contextvars

from innovation.audit.event_names import EventName
from innovation.audit.evidence import stage_of
from innovation.audit.models import Chain, Event

_WRITABLE_FIELDS = [
    field
    for field in Event._meta.concrete_fields
    if field.editable and not field.primary_key
]
COLUMNS = [str(field.column) for field in _WRITABLE_FIELDS]
"""The database fills in the other columns: see `audit_append`."""
_INSERT = "INSERT INTO audit_event ({columns}) VALUES {rows} RETURNING id"
_BATCH = 1000

TallyChange = Mapping[str, int | Mapping[str, int]]


class Actor(Protocol):
    """Who acts: a person, or the service itself."""

    @property
    def key(self) -> str: ...


class Subject(Protocol):
    """The object of an event: its key, and the chain that holds its history."""

    @property
    def key(self) -> str: ...

    @property
    def chain(self) -> Chain: ...


class Service:
    """The actor of jobs, and of facts loaded from published sources."""

    key = "service"


SERVICE = Service()


def open_chain(kind: Chain.Kind) -> Chain:
    return Chain.objects.create(kind=kind)


def record(
    event: EventName,
    subject: Subject,
    *,
    by: Actor,
    at: datetime,
    data: Mapping[str, object] | None = None,
    tally: TallyChange | None = None,
    stage: str | None = None,
) -> Event:
    """Append an event, in the transaction of the change that it records.

    `tally` changes the as-at figures on the London day of `at`:
    `{"expressions": 1}` for a count, `{"councils": {"301": 1}}` for distinct objects.
    `stage` is the new stage of the case; by default the state of the event's object, if
    that is a stage (`Evidence.stage`). An empty one leaves the stage as it was.
    """
    unsaved = draft(event, subject, by=by, at=at, data=data, tally=tally, stage=stage)
    record_all([unsaved])
    return unsaved


def draft(
    event: EventName,
    about: Subject,
    *,
    by: Actor,
    at: datetime,
    data: Mapping[str, object] | None = None,
    tally: TallyChange | None = None,
    stage: str | None = None,
) -> Event:
    """An unsaved event, for `record_all`."""
    return draft_on_chain(
        about.chain,
        event,
        subject=about.key,
        by=by,
        at=at,
        data=data,
        tally=tally,
        stage=stage_of(about) if stage is None else stage,
    )


def record_on_chain(chain: Chain, name: str, **facts: Any) -> Event:
    """Append an event about something without a row: see `draft_on_chain`."""
    unsaved = draft_on_chain(chain, name, **facts)
    record_all([unsaved])
    return unsaved


def draft_on_chain(
    chain: Chain,
    name: str,
    *,
    subject: str,
    by: Actor,
    at: datetime,
    data: Mapping[str, object] | None = None,
    tally: TallyChange | None = None,
    stage: str = "",
) -> Event:
    return Event(
        chain=chain,
        name=name,
        subject=subject,
        actor=by.key,
        at=at,
        data=dict(data or {}),
        tally=dict(tally or {}),
        stage=stage,
        request_id=str(get_contextvars().get("request_id", "")),
    )


def record_all(drafts: Iterable[Event]) -> None:
    """Append many events, in order, in few statements: for imports and loaders."""
    events = list(drafts)
    if not transaction.get_connection().in_atomic_block:
        names = ", ".join(sorted({event.name for event in events}))
        raise RuntimeError(f"{names} must be recorded inside a transaction")
    for start in range(0, len(events), _BATCH):
        _insert(events[start : start + _BATCH])


def _insert(drafts: list[Event]) -> None:
    row = f"({', '.join(['%s'] * len(COLUMNS))})"
    statement = _INSERT.format(
        columns=", ".join(COLUMNS), rows=", ".join([row] * len(drafts))
    )
    values = [
        field.get_db_prep_save(getattr(draft, field.attname), connection)
        for draft in drafts
        for field in _WRITABLE_FIELDS
    ]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        for draft, (number,) in zip(drafts, cursor.fetchall(), strict=True):
            draft.pk = number


_CHANGED_CHAINS = """
    SELECT DISTINCT chain_id FROM audit_touched
    WHERE txid = pg_current_xact_id_if_assigned()
"""


def record_on_changed_chains(
    name: str, *, subject: str, by: Actor, at: datetime, data: Mapping[str, object]
) -> None:
    """Record an event on each chain with rows that this transaction has changed and no
    event has stated yet: for loaders, which write many rows.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED_CHAINS)
        changed = {chain for (chain,) in cursor.fetchall()}
    chains = list(Chain.objects.filter(pk__in=changed).order_by("pk"))
    if changed and not chains:
        chains = [open_chain(Chain.Kind.SERVICE)]
    record_all(
        draft_on_chain(chain, name, subject=subject, by=by, at=at, data=data)
        for chain in chains
    )
