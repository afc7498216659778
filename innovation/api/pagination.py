"""Keyset pagination of the API’s lists: see `innovation.core.keyset`.

They are ordered by the date of their rows, newest first, and then by key: see
`Resource.ordering`. Neither changes, so a program that reads page after page misses no
row and gets none twice, even if rows change meanwhile. The mark of a row is its public
key, which does not show how many rows there are.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from rest_framework.exceptions import NotFound
from rest_framework.exceptions import ValidationError as BadParameter
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from innovation.api.operations import JsonObject
from innovation.core import limits
from innovation.core.keyset import window

DEFAULT_LIMIT, MAX_LIMIT = limits.PAGE_ROWS, limits.API_PAGE_ROWS
PARAMETERS = frozenset({"limit", "after"})
Mark = tuple[object, ...]
"""What orders the row that a page comes after; empty for the first page."""
FetchWindow = Callable[[int, Mark], Iterable[Any]]
"""Takes the size of a page and the mark. Returns the rows: see `core.keyset.window`."""


class KeyPagination(BasePagination):
    """In the order of the view’s `ordering`."""

    def paginate_queryset(
        self, queryset: Any, request: Request, view: Any = None
    ) -> list[Any]:
        return self.paginate(
            lambda size, mark: window(queryset, view.ordering, mark, size),
            request,
            view,
        )

    def paginate(self, fetch: FetchWindow, request: Request, view: Any) -> list[Any]:
        self.request = request
        self.lookup: str = view.lookup_field
        limit = _limit(request)
        mark: Mark = ()
        if after := request.query_params.get("after"):
            mark = _mark(view.get_queryset(), view, after)
        rows = list(fetch(limit, mark))
        self.has_more = len(rows) > limit
        self.page = rows[:limit]
        return self.page

    def get_paginated_response(self, data: object) -> Response:
        next_address = None
        if self.has_more:
            last = self.page[-1]
            is_dict = isinstance(last, dict)
            key = last[self.lookup] if is_dict else getattr(last, self.lookup)
            address = self.request.build_absolute_uri()
            next_address = replace_query_param(address, "after", key)
        return Response({"results": data, "next": next_address})

    def get_paginated_response_schema(self, schema: JsonObject) -> dict[str, object]:
        next_address = {
            "type": ["string", "null"],
            "format": "uri",
            "description": "The address of the next page; null on the last.",
            "example": None,
        }
        return {
            "type": "object",
            "required": ["results", "next"],
            "properties": {
                "results": schema,
                "next": next_address,
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, object]]:
        limit = {
            "type": "integer",
            "minimum": 1,
            "maximum": MAX_LIMIT,
            "default": DEFAULT_LIMIT,
        }
        return [
            _parameter("limit", "How many rows a page has.", limit),
            _parameter(
                "after",
                "Start after the row with this key: see `next`.",
                {"type": "string", "minLength": 1},
            ),
        ]


def _limit(request: Request) -> int:
    text = request.query_params.get("limit", str(DEFAULT_LIMIT))
    if text.isascii() and text.isdecimal() and len(text) < 5:
        limit = int(text)
        if 1 <= limit <= MAX_LIMIT:
            return limit
    raise BadParameter({"limit": [f"Give a whole number from 1 to {MAX_LIMIT}."]})


def _mark(scope: QuerySet[Model], view: Any, after: str) -> Mark:
    """Look the key up in the user’s scope, so that nobody can test for other keys; but
    without the filters, because the row may have stopped matching them.
    """
    mark: Mark | None = None
    columns = [column.lstrip("-") for column in view.ordering]
    # A text that the column cannot hold is the key of no row.
    with suppress(TypeError, ValueError, ValidationError):
        rows = scope.order_by().filter(**{view.lookup_field: after})
        mark = next(iter(rows.values_list(*columns)[:1]), None)
    if mark is None:
        raise NotFound("No row you may see has the key in `after`.")
    return mark


def _parameter(name: str, description: str, schema: JsonObject) -> dict[str, object]:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "schema": schema,
    }
