"""Keyset pagination: a page costs the same, however long the list is.

A page starts after the last row of the one before, which an index finds; rows are never
counted from the start. The ordering ends in a unique column and has no nullable one.
"""

from collections.abc import Sequence
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

_Model = TypeVar("_Model", bound=Model)
_Row = TypeVar("_Row")


def window(
    rows: QuerySet[_Model, _Row],
    ordering: Sequence[str],
    mark: Sequence[object],
    size: int,
) -> QuerySet[_Model, _Row]:
    """The first rows after the mark, which holds a value for each column of the
    ordering, or nothing at the start of the list. There is one row more than a page
    has, which tells whether there is another page.
    """
    ordered = rows.order_by(*ordering)
    if mark:
        ordered = ordered.filter(_after_mark(ordering, mark))
    return ordered[: size + 1]


def _after_mark(ordering: Sequence[str], mark: Sequence[object]) -> Q:
    """Of several columns the first has its own condition, for the index."""
    first = ordering[0]
    steps, equal = Q(pk__in=[]), Q()
    for column, value in zip(ordering, mark, strict=True):
        name = column.lstrip("-")
        steps |= equal & Q(**{f"{name}__{_comparison(column)}": value})
        equal &= Q(**{name: value})
    if len(ordering) == 1:
        return steps
    return Q(**{f"{first.lstrip('-')}__{_comparison(first)}e": mark[0]}) & steps


def _comparison(column: str) -> str:
    return "lt" if column.startswith("-") else "gt"
