"""Locks rows that other users may change or delete at the same time."""

from typing import TypeVar

from django.db.models import Model, QuerySet

from innovation.core.errors import TooLate

_Row = TypeVar("_Row", bound=Model)


def lock_row(row: _Row, *related: str, missing_message: str = "") -> _Row:
    """Lock the row until the transaction ends, and return it freshly read. `related`
    are read with it, but not locked.

    If the row no longer exists, raise `TooLate` with the sentence `gone`.
    """
    # `request.user` is a lazy object: its `__class__` is the model, its type is not.
    rows = row.__class__._default_manager.select_for_update(of=("self",))
    if related:
        rows = rows.select_related(*related)
    return (
        get_or_too_late(rows, row.pk, missing_message)
        if missing_message
        else rows.get(pk=row.pk)
    )


def get_or_too_late(rows: "QuerySet[_Row]", pk: int, missing_message: str) -> _Row:
    """The row; raise `TooLate` with the sentence `gone` if it no longer exists."""
    row = rows.filter(pk=pk).first()
    if row is None:
        raise TooLate(missing_message)
    return row
