"""The cases before and after one in a list of the department.

A place in the list is found by the row’s own values, as a page of the list is: also of
a case that has left the list since it was opened from there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet, Value

from bids.domain.queries.case_search_filters import CaseSearchFilters
from bids.domain.queries.cases import search_cases
from bids.models import Expression
from innovation.accounts.models import User
from innovation.core import keyset, statements

_NEXT, _PREVIOUS = "next", "previous"


@dataclass(frozen=True, slots=True)
class Neighbour:
    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Neighbours:
    previous: Neighbour | None = None
    next: Neighbour | None = None


def neighbours(user: User, params: Mapping[str, str], case: Expression) -> Neighbours:
    """Of the list with these filters, as `user` would see it. Raise `Invalid` for
    filters that cannot be read.
    """
    filters = CaseSearchFilters.read(params, user)
    if case.submitted_at is None:
        return Neighbours()
    mark = case.submitted_at, case.pk
    if filters.is_usual:
        variant = (filters.params,)
        rows = statements.fetch(_both_sides, user, *mark, variant=variant)
    else:
        rows = list(_both_sides(tuple(params.items()), user, *mark))
    found = {side: Neighbour(key, title) for side, key, title in rows}
    return Neighbours(previous=found.get(_PREVIOUS), next=found.get(_NEXT))


def _both_sides(
    params: tuple[tuple[str, str], ...], reader: User, submitted_at: datetime, pk: int
) -> "QuerySet[Expression, Any]":
    result = search_cases(reader, dict(params))
    order = CaseSearchFilters.read(dict(params), reader).order
    backwards = tuple(column.removeprefix("-") for column in order)
    mark = submitted_at, pk
    after, before = (
        keyset.window(result.rows, direction, mark, 0).values_list(
            Value(side), "key", "title"
        )
        for direction, side in ((order, _NEXT), (backwards, _PREVIOUS))
    )
    return after.union(before, all=True)
