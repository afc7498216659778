"""The security headers of every response.

The policies are in the settings. Django's SecurityMiddleware and django-csp set their
headers on responses that pass through them. Earlier responses (static files, redirects,
errors) get the missing ones here.
"""

from collections.abc import Callable

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from innovation.web.metadata import set_robots_header

CSP = "Content-Security-Policy"


class Headers:
    """Placed outside all middleware that responds."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in settings.SECURITY_HEADERS.items():
            response.headers.setdefault(name, value)
        set_robots_header(request, response)
        return response


class PagePolicy(CSPMiddleware):
    """Only pages may load anything. Data and files get a policy that allows nothing, or
    one of their own.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            return response
        answered: HttpResponseBase = super().process_response(request, response)
        return answered
