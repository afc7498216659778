"""Locks rows that other users may change or delete at the same time."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import ManyToManyField, Model, QuerySet
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
    return rows[0] if rows else _row_to_lock(model, related, row.pk).get()


def _row_to_lock(
    model: type[_Row], related: tuple[str, ...], pk: object
) -> QuerySet[_Row]:
    rows = model._default_manager.select_for_update(of=("self",)).filter(pk=pk)
    return rows.select_related(*related) if related else rows


def get_or_too_late(rows: "QuerySet[_Row]", pk: int, missing_message: str) -> _Row:
    """The row. If it no longer exists, raise `TooLate` with `missing_message`."""
    row = rows.filter(pk=pk).first()
    if row is None:
        raise TooLate(missing_message)
    return row


def add_related(
    model: type[Model], name: str, pairs: Iterable[tuple[Model, object]]
) -> None:
    """Fill the many-to-many field `name` of new rows. Each pair is a row and the object
    that has its related rows under the same name. It takes one statement.
    """
    field = model._meta.get_field(name)
    assert isinstance(field, ManyToManyField)
    row_name, related_name = field.m2m_field_name(), field.m2m_reverse_field_name()
    through = field.remote_field.through
    assert through is not None
    through._default_manager.bulk_create(
        through(**{f"{row_name}_id": row.pk, f"{related_name}_id": related.pk})
        for row, source in pairs
        for related in getattr(source, name)
    )
