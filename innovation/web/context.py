"""Template variables of every page. They are computed only when they are used."""

from collections.abc import Sequence
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest

from innovation.web import navigation, sessions


class Service:
    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def name(self) -> str:
        return str(settings.SERVICE_NAME)

    @property
    def demonstration(self) -> bool:
        return bool(settings.DEMONSTRATION)

    @cached_property
    def is_signed_in(self) -> bool | None:
        """`None` if it cannot be known, because the database is down."""
        user = getattr(self._request, "user", None)
        if user is None:
            return False
        if hasattr(self._request, "session") and sessions.session_outage(self._request):
            return None
        return bool(user.is_authenticated)

    @cached_property
    def links(self) -> Sequence[navigation.Link]:
        user = getattr(self._request, "user", None)
        if user is None:
            return []
        return navigation.links(user, self._request.path)

    @property
    def menu_links(self) -> Sequence[navigation.Link]:
        return [link for link in self.links if not link.personal]

    @property
    def personal_links(self) -> Sequence[navigation.Link]:
        return [link for link in self.links if link.personal]


def service_context(request: HttpRequest) -> dict[str, object]:
    return {"service": Service(request)}
