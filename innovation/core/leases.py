"""Leases on rows, so that one worker at a time works on each.

A lease is committed before the work begins. The lease of a worker that died runs out,
and the next worker knows that the last one was lost. Every lease has a number,
`attempts`: a worker whose lease has run out can neither extend nor close a later one.
"""

from datetime import datetime, timedelta
from typing import TypeVar

from django.db import models, transaction
from django.db.models import QuerySet


class Leased(models.Model):
    """A row that is leased until `lease_until`; a subclass adds its `state`.
    `last_error` is the name of an error, or a message of the service.
    """

    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=100, blank=True)

    follows_lost_lease = False
    """Set by `take` if the last lease ran out, so a worker was lost."""

    class Meta:
        abstract = True


_Row = TypeVar("_Row", bound=Leased)


class LeaseLost(Exception):
    """The lease ran out, and another worker has the row."""


def take(
    rows: QuerySet[_Row],
    *,
    state: str,
    lasts: timedelta,
    at: datetime,
    lost_counter: str = "",
) -> _Row | None:
    """Lease the first of `rows` that no other worker is taking; `None` if there is
    none. `lost_counter` is the field that counts lost leases.
    """
    with transaction.atomic():
        row = rows.select_for_update(skip_locked=True, of=("self",)).first()
        if row is None:
            return None
        row.follows_lost_lease = row.lease_until is not None
        changes: dict[str, object] = {
            "state": state,
            "attempts": row.attempts + 1,
            "lease_until": at + lasts,
        }
        if lost_counter:
            changes[lost_counter] = getattr(row, lost_counter) + row.follows_lost_lease
        for name, value in changes.items():
            setattr(row, name, value)
        row.save(update_fields=changes)
    return row


def open_lease(row: _Row) -> QuerySet[_Row]:
    """A queryset of the row if this lease is still open, empty otherwise."""
    return type(row)._default_manager.filter(
        pk=row.pk, attempts=row.attempts, lease_until__isnull=False
    )


def extend(row: Leased, *, lasts: timedelta, at: datetime, **changes: object) -> None:
    """Raise `LeaseLost` if another worker has the row."""
    if not open_lease(row).update(lease_until=at + lasts, **changes):
        raise LeaseLost


def close(row: Leased, *, error: str = "", **changes: object) -> bool:
    """End this lease and return True. If another worker has the row, change nothing."""
    ended = open_lease(row).update(lease_until=None, last_error=error[:100], **changes)
    return bool(ended)
