"""Turns errors outside the API's views into problem documents too."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from innovation.api import problems

PLAIN_HTTP_MESSAGE = (
    "Use https. This request was not encrypted. If it had a token, revoke that on "
    "/tokens/ and create a new one."
)
_PAGE_HEADERS = {"Content-Length", "Content-Type", "Content-Security-Policy"}
"""Headers of the page that is replaced. The others are kept."""


class ProblemDocuments:
    """Placed outside nearly all middleware, so that programs get a problem document for
    a wrong host, an unknown address and a failure too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if _is_plain_http(request):
            return problems.plain_response(403, PLAIN_HTTP_MESSAGE)
        response = self.get_response(request)
        is_error = response.status_code >= 400 and request.path.startswith("/api/")
        content_type = response.headers.get("Content-Type", "")
        if not is_error or content_type.startswith(problems.MEDIA_TYPE):
            return response
        document = problems.plain_response(response.status_code)
        for name, value in response.headers.items():
            if name not in _PAGE_HEADERS:
                document.headers.setdefault(name, value)
        return document


def _is_plain_http(request: HttpRequest) -> bool:
    """Whether a page would be redirected to https."""
    is_api = request.path.startswith("/api/v1/")
    return is_api and settings.SECURE_SSL_REDIRECT and not request.is_secure()
