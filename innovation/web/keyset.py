"""Pages of a long list at a cost that does not grow with it.

The next page begins after the last row seen, found through the index, never by
counting rows off from the start. The order ends with a unique column, and none of its
columns is ever null.
"""

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import FieldError, ValidationError
from django.db.models import Q, QuerySet
from django.http import QueryDict


@dataclass(frozen=True, slots=True)
class Slice:
    """Some rows of a list, and the query strings that lead to those around them."""

    rows: list[Any]
    next_query: str
    previous_query: str


def slice_of(
    rows: QuerySet[Any], order: Sequence[str], query: QueryDict, size: int
) -> Slice:
    """One page of `rows`; a mark that cannot be read shows the first page."""
    backwards = "before" in query
    mark = _read(query.get("before") or query.get("after") or "", len(order))
    if mark is None:
        backwards = False
    directed = [_turned(column) for column in order] if backwards else list(order)
    found = _fetched(rows, directed, mark, size)
    more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    has_next = backwards or more
    has_previous = more if backwards else mark is not None
    return Slice(
        found,
        _query(query, "after", _mark(found[-1], order)) if found and has_next else "",
        _query(query, "before", _mark(found[0], order))
        if found and has_previous
        else "",
    )


def _fetched(
    rows: QuerySet[Any], order: list[str], mark: list[Any] | None, size: int
) -> list[Any]:
    ordered = rows.order_by(*order)
    if mark is None:
        return list(ordered[: size + 1])
    try:
        return list(ordered.filter(_beyond(order, mark))[: size + 1])
    except (ValidationError, ValueError, TypeError, FieldError):
        return list(ordered[: size + 1])


def _beyond(order: Sequence[str], mark: Sequence[Any]) -> Q:
    """Rows after the mark; the first column stands alone too, for the index's sake."""
    first = order[0]
    bound = Q(**{f"{first.lstrip('-')}__{_than(first)}e": mark[0]})
    steps, equal = Q(pk__in=[]), Q()
    for column, value in zip(order, mark, strict=True):
        name = column.lstrip("-")
        steps |= equal & Q(**{f"{name}__{_than(column)}": value})
        equal &= Q(**{name: value})
    return bound & steps


def _than(column: str) -> str:
    return "lt" if column.startswith("-") else "gt"


def _turned(column: str) -> str:
    return column[1:] if column.startswith("-") else f"-{column}"


def _mark(row: Any, order: Sequence[str]) -> str:
    values = [_plain(_value(row, column.lstrip("-"))) for column in order]
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _value(row: Any, name: str) -> Any:
    if isinstance(row, Mapping):
        return row[name]
    for part in name.split("__"):
        row = getattr(row, part)
    return row


def _plain(value: Any) -> Any:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return value if isinstance(value, int) else str(value)


def _read(text: str, length: int) -> list[Any] | None:
    try:
        padded = text + "=" * (-len(text) % 4)
        values = json.loads(base64.urlsafe_b64decode(padded.encode()))
    except (ValueError, binascii.Error, RecursionError):
        return None
    right = isinstance(values, list) and len(values) == length
    plain = right and all(isinstance(value, (int, str)) for value in values)
    return values if plain else None


def _query(query: QueryDict, name: str, mark: str) -> str:
    kept = query.copy()
    for key in ("before", "after"):
        kept.pop(key, None)
    kept[name] = mark
    return "?" + kept.urlencode()
