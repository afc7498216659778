"""Keyset pagination of the lists on pages: see `innovation.core.keyset`.

The query string has the mark of a row: its values in the columns of the ordering.
"""

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db.models import Field, Model, QuerySet
from django.http import QueryDict

MARKS = frozenset({"after", "before"})
"""The query parameters that say where a page of a list begins."""
_MAX_TEXT = 1_000
_YEARS = range(2, 9999)


@dataclass(frozen=True, slots=True)
class KeysetPage:
    """The rows of a page, and the query strings of the next and previous page."""

    rows: list[object]
    next_query: str
    previous_query: str


def paginate(
    rows: Callable[[], QuerySet[Model]],
    order: Sequence[str],
    query: QueryDict,
    size: int,
    fetch: Callable[[Sequence[str], Sequence[object]], Sequence[Any]],
) -> KeysetPage:
    """One page of `rows()`; the first one if the mark is invalid. `fetch` is told the
    ordering and the mark, and returns what `core.keyset.window` would.
    """
    backwards = "before" in query
    text = query.get("before") or query.get("after") or ""
    mark = _read_mark(text, rows(), order) if text else None
    if mark is None:
        backwards = False
    direction = [_reversed(column) for column in order] if backwards else list(order)
    fetched: list[object] = list(fetch(direction, mark or ()))
    page_rows, has_more = fetched[:size], len(fetched) > size
    if not page_rows:
        return KeysetPage([], "", "")
    if backwards:
        page_rows.reverse()
    has_next = backwards or has_more
    has_previous = has_more if backwards else mark is not None
    first, last = _mark(page_rows[0], order), _mark(page_rows[-1], order)
    return KeysetPage(
        page_rows,
        next_query=_query(query, "after", last) if has_next else "",
        previous_query=_query(query, "before", first) if has_previous else "",
    )


def _reversed(column: str) -> str:
    return column[1:] if column.startswith("-") else f"-{column}"


def _mark(row: object, order: Sequence[str]) -> str:
    values = [_json_value(_value(row, column.lstrip("-"))) for column in order]
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _value(row: object, name: str) -> object:
    if isinstance(row, Mapping):
        return row[name]
    for part in name.split("__"):
        row = getattr(row, part)
    return row


def _json_value(value: object) -> object:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return value if isinstance(value, int) else str(value)


def _read_mark(
    text: str, rows: QuerySet[Model], order: Sequence[str]
) -> list[object] | None:
    """The values of the mark, each valid for its column; `None` if it is invalid."""
    try:
        padded = text + "=" * (-len(text) % 4)
        values = json.loads(base64.urlsafe_b64decode(padded.encode()))
        if not isinstance(values, list):
            return None
        return [
            _column_value(_column(rows, name.lstrip("-")), value)
            for name, value in zip(order, values, strict=True)
        ]
    except (ValueError, TypeError, OverflowError, RecursionError, ValidationError):
        return None


def _column(rows: QuerySet[Model], name: str) -> "Field[Any, Any]":
    if name in rows.query.annotations:
        return rows.query.annotations[name].output_field
    *path, last = name.split("__")
    model: Any = rows.model
    for part in path:
        model = model._meta.get_field(part).related_model
    return cast("Field[Any, Any]", model._meta.get_field(last))


def _column_value(column: "Field[Any, Any]", value: object) -> object:
    """A whole number or text, converted to the type of the column."""
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise ValidationError("A mark holds whole numbers and texts")
    if isinstance(value, str) and ("\x00" in value or len(value) > _MAX_TEXT):
        raise ValidationError("A list has no text like this")
    converted = column.to_python(value)
    column.run_validators(converted)
    if isinstance(converted, str):
        converted.encode()
    if isinstance(converted, date) and converted.year not in _YEARS:
        raise ValidationError("A change of time zone would leave the calendar")
    return converted


def _query(query: QueryDict, name: str, mark: str) -> str:
    params = query.copy()
    for key in MARKS:
        params.pop(key, None)
    params[name] = mark
    return "?" + params.urlencode()
