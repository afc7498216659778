"""The base of the API's resources: the rows of a scope, as a list and one by one."""

from typing import Any, ClassVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.viewsets import ReadOnlyModelViewSet

from innovation.api.filters import StrictFilters
from innovation.api.listing import Listing
from innovation.core.access import EVERYBODY, Policy


class Resource(ReadOnlyModelViewSet[Any]):
    """A resource has the scope that a token needs, `required_scope`, the `policy` for
    its holder, and the `rows` that the holder may know of: outside them is a 404.
    """

    required_scope: ClassVar[str]
    policy: ClassVar[Policy]
    ascending: ClassVar[bool] = False
    listing: ClassVar[Listing | None] = None
    """Reads the list in one query, where the serializer is too slow."""
    detail_class: ClassVar[type[BaseSerializer[Any]] | None] = None
    """The serializer of one row, if it shows more than a list."""
    lookup_field = "key"
    http_method_names = ["get", "head", "options"]
    filter_backends = [StrictFilters]

    @staticmethod
    def rows(user: Any) -> QuerySet[Model]:
        raise NotImplementedError

    def get_serializer_class(self) -> type[BaseSerializer[Any]]:
        alone = self.detail_class if self.action == "retrieve" else None
        return alone or super().get_serializer_class()

    def get_queryset(self) -> QuerySet[Model]:
        request = getattr(self, "request", None)
        return self.rows(request.user if request else AnonymousUser())

    def list(self, request: Request, *args: object, **kwargs: object) -> Response:
        if self.listing is None:
            return super().list(request, *args, **kwargs)
        # Without the `prefetch_related` and `select_related` of the serializer.
        whole = self.get_queryset().select_related(None).prefetch_related(None)
        rows = self.listing.select(self.filter_queryset(whole), self.lookup_field)
        page_rows = self.paginate_queryset(rows) or []
        return self.get_paginated_response(
            [self.listing.as_json(row) for row in page_rows]
        )


class OpenResource(Resource):
    """Open to everybody without a token; with one, it shows the holder's rows."""

    policy = EVERYBODY
    permission_classes = [AllowAny]
