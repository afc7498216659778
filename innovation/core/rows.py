"""Locks rows that other users may change or delete at the same time."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import ManyToManyField, Model, QuerySet

from innovation.core.errors import TooLate

_Row = TypeVar("_Row", bound=Model)


def lock_row(row: _Row, *related: str, missing_message: str = "") -> _Row:
    """Lock the row until the transaction ends, and return it freshly read. `related`
    are read with it, but not locked.

    If the row no longer exists, raise `TooLate` with `missing_message`, if given.
    """
    # `request.user` is a lazy object: its `__class__` is the model, its type is not.
    rows = row.__class__._default_manager.select_for_update(of=("self",))
    if related:
        rows = rows.select_related(*related)
    if missing_message:
        return get_or_too_late(rows, row.pk, missing_message)
    return rows.get(pk=row.pk)


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
