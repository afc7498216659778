"""Errors met before or beside a view of the API are problem documents too."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from innovation.api import problems

PLAIN_HTTP_MESSAGE = (
    "Use https. This request was sent in the clear: if it had a token, revoke that on "
    "/tokens/ and make a new one."
)
_PAGE_HEADERS = {"Content-Length", "Content-Type", "Content-Security-Policy"}
"""Headers about what is replaced; the others go with the answer as they were."""


class ProblemDocuments:
    """Stands outside nearly everything, so that a wrong host, an address nobody
    answers and a failure all reach a program in the form it can read.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if _is_plain_http(request):
            return problems.plain_response(403, PLAIN_HTTP_MESSAGE)
        response = self.get_response(request)
        wrong = response.status_code >= 400 and request.path.startswith("/api/")
        worded = response.headers.get("Content-Type", "").startswith(
            problems.MEDIA_TYPE
        )
        if not wrong or worded:
            return response
        answer = problems.plain_response(response.status_code)
        for name, value in response.headers.items():
            if name not in _PAGE_HEADERS:
                answer.headers.setdefault(name, value)
        return answer


def _is_plain_http(request: HttpRequest) -> bool:
    """Where pages are redirected to https (outside the demonstration)."""
    resource = request.path.startswith("/api/v1/")
    return resource and settings.SECURE_SSL_REDIRECT and not request.is_secure()
