"""The base of the API's resources: the rows of a scope, as a list and one by one."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.viewsets import ReadOnlyModelViewSet

from innovation.api.filters import ListFilters, StrictFilters
from innovation.api.listing import Listing
from innovation.api.pagination import (
    DEFAULT_LIMIT,
    MAX_LIMIT,
    PARAMETERS,
    KeyPagination,
    Mark,
)
from innovation.core import statements
from innovation.core.access import EVERYBODY, Policy
from innovation.core.keyset import window


class Resource(ReadOnlyModelViewSet[Any]):
    """A resource has the `required_scope` of a token, the `policy` for its holder, and
    the `rows` that the holder may know of. Any other row is a 404.
    """

    required_scope: ClassVar[str]
    policy: ClassVar[Policy]
    ordering: ClassVar[tuple[str, ...]] = ("-pk",)
    """The columns of the order. None of them is null, and the last one is unique."""
    listing: ClassVar[Listing | None] = None
    """Reads the list in one query, where the serializer is too slow."""
    detail_class: ClassVar[type[BaseSerializer[Any]] | None] = None
    """The serializer of one row, if it shows more than a list."""
    lookup_field = "key"
    """A unique column of text: a number would show how many rows there are."""
    http_method_names = ["get", "head", "options"]
    filter_backends = [StrictFilters]

    @staticmethod
    def rows(user: Any) -> QuerySet[Model]:
        raise NotImplementedError

    def get_serializer_class(self) -> type[BaseSerializer[Any]]:
        if self.action == "retrieve" and self.detail_class is not None:
            return self.detail_class
        return super().get_serializer_class()

    def get_queryset(self) -> QuerySet[Model]:
        request = getattr(self, "request", None)
        return self.rows(request.user if request else AnonymousUser())

    def list(self, request: Request, *args: object, **kwargs: object) -> Response:
        if self.listing is None:
            return super().list(request, *args, **kwargs)
        params = request.query_params
        is_unfiltered = params.keys() <= PARAMETERS and all(
            len(values) == 1 and values[0] for _, values in params.lists()
        )
        fetch = self._fetch_unfiltered if is_unfiltered else self._fetch_filtered
        assert isinstance(self.paginator, KeyPagination)
        rows = self.paginator.paginate(fetch, request, self)
        return self.get_paginated_response([self.listing.as_json(row) for row in rows])

    def _fetch_filtered(self, size: int, mark: Mark) -> QuerySet[Model]:
        rows = self.filter_queryset(_rows_of_listing(type(self), self.request.user))
        return _window_of_listing(type(self), size, rows, mark)

    def _fetch_unfiltered(self, size: int, mark: Mark) -> Iterable[Model]:
        """By a statement that is kept, for the usual sizes of a page."""
        if size not in {DEFAULT_LIMIT, MAX_LIMIT}:
            return self._fetch_filtered(size, mark)
        return statements.fetch(
            _unfiltered_listing, self.request.user, mark, variant=(type(self), size)
        )


def _rows_of_listing(resource: type[Resource], reader: Any) -> QuerySet[Model]:
    """Without the `prefetch_related` and `select_related` of the serializer."""
    return resource.rows(reader).select_related(None).prefetch_related(None)


def _window_of_listing(
    resource: type[Resource], size: int, rows: QuerySet[Model], mark: Mark
) -> QuerySet[Model, Any]:
    assert resource.listing is not None
    columns = resource.listing.select(rows, resource.lookup_field)
    return window(columns, resource.ordering, mark, size)


def _unfiltered_listing(
    resource: type[Resource], size: int, reader: Any, mark: Mark
) -> QuerySet[Model, Any]:
    """What a list shows of which nobody asks anything in particular."""
    rows = _rows_of_listing(resource, reader)
    filters = getattr(resource, "filterset_class", None)
    if filters is not None and issubclass(filters, ListFilters):
        rows = filters.meaning().narrow(rows)
    return _window_of_listing(resource, size, rows, mark)


class OpenResource(Resource):
    """Open to everybody without a token; with one, it shows the holder's rows."""

    policy = EVERYBODY
    permission_classes = [AllowAny]
