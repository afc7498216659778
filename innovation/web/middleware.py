"""Middleware: the id and log line of each request, and domain errors."""

import re
import secrets
from collections.abc import Callable
from time import perf_counter

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from innovation.core import outages
from innovation.core.errors import DomainError
from innovation.web import sessions
from innovation.web.arrival import arrived_at
from innovation.web.errors import domain_error, method_not_allowed, outage_page

_WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
_log = structlog.get_logger("innovation.request")

_ACCOUNTS = "/accounts/"
GetResponse = Callable[[HttpRequest], HttpResponseBase]


class RequestContext:
    """Gives each request an id and one JSON line in the log, without personal data.

    The line has the route, not the address, which may contain what somebody typed.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started = perf_counter()
        # Read before anything that can wait, because deadlines depend on it.
        arrived_at(request)
        request_id = request.headers.get("X-Request-ID", "")
        if not _WELL_FORMED.fullmatch(request_id):
            request_id = secrets.token_hex(16)
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self.get_response(request)
            response["X-Request-ID"] = request_id
            if not request.path_info.startswith(settings.STATIC_URL):
                _log_request(request, response, perf_counter() - started)
        return response


def _log_request(
    request: HttpRequest, response: HttpResponseBase, seconds: float
) -> None:
    match = request.resolver_match
    ids = {"case": match.kwargs["key"]} if match and "key" in match.kwargs else {}
    _log.info(
        "request",
        method=request.method,
        route=match.route if match else "",
        status=response.status_code,
        duration_ms=round(seconds * 1000, 1),
        **ids,
    )


class DomainErrors:
    """Shows error pages for domain errors and outages that no page has handled, and for
    methods that a page does not have.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        # Django's response to a method that a page does not have is empty.
        if response.status_code == 405 and not getattr(response, "content", b"-"):
            return method_not_allowed(request, response)
        return response

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        """Without this, allauth would send users to sign in during an outage."""
        if request.path.startswith(_ACCOUNTS) and (
            outage := sessions.session_outage(request)
        ):
            return outage_page(request, outage)
        return None

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        if outage := outages.explain(exception):
            return outage_page(request, outage)
        if isinstance(exception, DomainError):
            return domain_error(request, exception)
        return None
