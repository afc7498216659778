"""What every resource of the API is: a scope's rows, listed and one by one."""

from typing import Any, ClassVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.viewsets import ReadOnlyModelViewSet

from innovation.api.permissions import Policy


class Resource(ReadOnlyModelViewSet[Any]):
    """Names the scope a token `needs`, the `policy` its holder must meet, and the
    `rows` the holder may know of: outside them is a 404.
    """

    needs: ClassVar[str]
    policy: ClassVar[Policy]
    ascending: ClassVar[bool] = False
    lookup_field = "key"
    http_method_names = ["get", "head", "options"]
    filter_backends = [DjangoFilterBackend]

    @staticmethod
    def rows(user: Any) -> QuerySet[Any]:
        raise NotImplementedError

    def get_queryset(self) -> QuerySet[Any]:
        request = getattr(self, "request", None)
        return self.rows(request.user if request else AnonymousUser())
