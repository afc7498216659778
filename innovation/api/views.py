"""What every resource of the API is: a scope's rows, listed and one by one."""

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
    """Names the scope a token needs, its `required_scope`, the `policy` its holder must
    meet, and the `rows` the holder may know of: outside them is a 404.
    """

    required_scope: ClassVar[str]
    policy: ClassVar[Policy]
    ascending: ClassVar[bool] = False
    listing: ClassVar[Listing | None] = None
    """How a list is read in one query, where the serializer would cost too much."""
    detail_class: ClassVar[type[BaseSerializer[Any]] | None] = None
    """What a row read alone shows, where that is more than a list does."""
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
        # Without what the serializer would have had loaded beside each row.
        whole = self.get_queryset().select_related(None).prefetch_related(None)
        rows = self.listing.select(self.filter_queryset(whole), self.lookup_field)
        found = self.paginate_queryset(rows) or []
        return self.get_paginated_response([self.listing.as_json(row) for row in found])


class OpenResource(Resource):
    """Read by anybody, without a token; whoever sends one is shown what is theirs."""

    policy = EVERYBODY
    permission_classes = [AllowAny]
