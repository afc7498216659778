"""Locks rows that other users may change or delete at the same time."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.db.transaction import TransactionManagementError, get_connection

from innovation.core import statements
from innovation.core.errors import TooLate

_Row = TypeVar("_Row", bound=Model)


def lock_row(row: _Row, *related: str, missing_message: str = "") -> _Row:
    """Lock the row until the transaction ends, and return it freshly read. `related`
    are read with it, but not locked.

    If the row no longer exists, raise `TooLate` with the sentence `missing_message`, or
    the model's `DoesNotExist` if there is none.
    """
    # `request.user` is a lazy object: its `__class__` is the model, its type is not.
    model = row.__class__
    if not get_connection().in_atomic_block:
        raise TransactionManagementError(f"{model.__name__} is locked in a transaction")
    rows: list[_Row] = statements.fetch(_row_to_lock, row.pk, variant=(model, related))
    if not rows and missing_message:
        raise TooLate(missing_message)
    return rows[0] if rows else model._default_manager.get(pk=row.pk)


def _row_to_lock(
    model: type[_Row], related: tuple[str, ...], pk: object
) -> QuerySet[_Row]:
    rows = model._default_manager.select_for_update(of=("self",)).filter(pk=pk)
    return rows.select_related(*related) if related else rows


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
