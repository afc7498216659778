"""Maintenance mode: one page for every address.

`MAINTENANCE=1` takes effect at the next start of the web processes. The page does not
read the database, which may be what is being worked on.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from innovation.web.errors import unavailable

_OPEN = (settings.STATIC_URL, "/health/")


class Maintenance:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.MAINTENANCE and not request.path_info.startswith(_OPEN):
            return unavailable(request)
        return self.get_response(request)
