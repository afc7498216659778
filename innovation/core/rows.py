"""Rows that somebody else may change or remove while somebody works on them."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from innovation.core.errors import TooLate

_Row = TypeVar("_Row", bound=Model)


def lock_row(row: _Row, *related: str, gone: str = "") -> _Row:
    """The row as it stands, held until the transaction ends: of two people who act at
    once, the second sees what the first did. `related` are read with it and not held.

    Where there is no such row any more, raises `TooLate` with the sentence `gone`.
    """
    # Of its class, and not its type: who is signed in comes as a lazy object.
    rows = row.__class__._default_manager.select_for_update(of=("self",))
    if related:
        rows = rows.select_related(*related)
    return get_or_too_late(rows, row.pk, gone) if gone else rows.get(pk=row.pk)


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
