"""Keyset pagination: a page costs the same, however long the list is.

The next page starts after the last row of this one, which the primary key finds; rows
are never counted from the start. `after` is that row's public key, so that it does not
show how many there are.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model, QuerySet
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from innovation.api.operations import JsonObject
from innovation.core import limits

DEFAULT_LIMIT, MAX_LIMIT = limits.PAGE_ROWS, limits.API_PAGE_ROWS


PARAMETERS = frozenset({"limit", "after"})
Window = Callable[[int, Any], Iterable[Any]]
"""From a number of rows and the primary key that they come after, or None, to rows."""


def window(
    rows: QuerySet[Model, Any], size: int, mark: object, ascending: bool
) -> QuerySet[Model, Any]:
    """The first `size` rows after the row with the primary key `mark`."""
    rows = rows.order_by("pk" if ascending else "-pk")
    if mark is not None:
        rows = rows.filter(**{"pk__gt" if ascending else "pk__lt": mark})
    return rows[:size]


class KeyPagination(BasePagination):
    """Newest first; `ascending = True` on the view reverses the order."""

    def paginate_queryset(
        self, queryset: Any, request: Request, view: Any = None
    ) -> list[Any]:
        return self.paginate(
            lambda size, mark: window(queryset, size, mark, view.ascending),
            request,
            view,
        )

    def paginate(self, fetch: Window, request: Request, view: Any) -> list[Any]:
        self.request = request
        self.lookup: str = view.lookup_field
        limit, mark = _limit(request), None
        if after := request.query_params.get("after"):
            mark = _mark(view.get_queryset(), self.lookup, after)
        page_rows = list(fetch(limit + 1, mark))
        self.has_more = len(page_rows) > limit
        self.page = page_rows[:limit]
        return self.page

    def get_paginated_response(self, data: object) -> Response:
        following = None
        if self.has_more:
            last = self.page[-1]
            named = isinstance(last, dict)
            mark = last[self.lookup] if named else getattr(last, self.lookup)
            here = self.request.build_absolute_uri()
            following = replace_query_param(here, "after", mark)
        return Response({"results": data, "next": following})

    def get_paginated_response_schema(self, schema: JsonObject) -> dict[str, object]:
        following = {
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
                "next": following,
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
            _parameter("limit", "How many rows to a page.", limit),
            _parameter(
                "after",
                "Begin after the row with this key: see `next`.",
                {"type": "string", "minLength": 1},
            ),
        ]


def _limit(request: Request) -> int:
    written = request.query_params.get("limit", str(DEFAULT_LIMIT))
    if written.isascii() and written.isdecimal() and len(written) < 5:
        limit = int(written)
        if 1 <= limit <= MAX_LIMIT:
            return limit
    raise ValidationError({"limit": [f"Give a whole number from 1 to {MAX_LIMIT}."]})


def _mark(scope: QuerySet[Model], lookup: str, after: str) -> object:
    """Looked up among what the reader may see, so that no key can be probed for; but
    without the filters, for a row may leave them between two pages.
    """
    pk = None
    if "\x00" not in after:
        rows = scope.order_by().filter(**{lookup: after})
        pk = rows.values_list("pk", flat=True).first()
    if pk is None:
        raise NotFound("No row you may see has the key in `after`.")
    return pk


def _parameter(name: str, description: str, schema: JsonObject) -> dict[str, object]:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "schema": schema,
    }
