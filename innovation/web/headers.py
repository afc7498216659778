"""What every answer says to the browser about its own safety, in one place.

The policies are in the settings. Django's SecurityMiddleware and django-csp set theirs
on what passes through them; an answer given before those (a file of the pages, a
redirection, an error) gets here what it lacks.
"""

from collections.abc import Callable

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

CSP = "Content-Security-Policy"


class Headers:
    """Stands outside everything that answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in settings.SECURITY_HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class PagePolicy(CSPMiddleware):
    """Only pages may load anything. Data and files get the policy that allows nothing,
    or one of their own.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            return response
        answered: HttpResponseBase = super().process_response(request, response)
        return answered
