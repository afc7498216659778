"""Locks rows that other users may change or delete at the same time."""

from collections.abc import Iterable
from typing import Any, TypeVar

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


def get_or_too_late(rows: "QuerySet[_Row]", pk: int, gone: str) -> _Row:
    """The row, or `TooLate` with this sentence where there is none any more."""
    found = rows.filter(pk=pk).first()
    if found is None:
        raise TooLate(gone)
    return found


def add_related(
    model: type[Model], name: str, pairs: Iterable[tuple[Model, object]]
) -> None:
    """Fill the collection `name` of new rows of the model with what the object beside
    each holds under that name. One statement, however many rows.
    """
    field: Any = model._meta.get_field(name)
    own, other = field.m2m_field_name(), field.m2m_reverse_field_name()
    through = field.remote_field.through
    through.objects.bulk_create(
        through(**{f"{own}_id": row.pk, f"{other}_id": each.pk})
        for row, source in pairs
        for each in getattr(source, name)
    )
