"""Rows that somebody else may have removed since a page showed them."""

from typing import TypeVar

from django.db.models import Model, QuerySet

from innovation.core.errors import TooLate

_Row = TypeVar("_Row", bound=Model)


def get_or_too_late(rows: "QuerySet[_Row]", pk: int, gone: str) -> _Row:
    """The row, or `TooLate` with this sentence where there is none any more."""
    found = rows.filter(pk=pk).first()
    if found is None:
        raise TooLate(gone)
    return found
