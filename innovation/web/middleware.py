"""What surrounds every request: its id and its line in the log, and domain errors."""

import re
import secrets
from collections.abc import Callable
from time import perf_counter

import structlog
from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from innovation.core import outages
from innovation.core.errors import DomainError
from innovation.web import sessions
from innovation.web.arrival import arrived_at
from innovation.web.errors import domain_error, method_not_allowed, outage_page

_WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
_log = structlog.get_logger("innovation.request")

_PERSONAL = {settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name}
_ACCOUNTS = "/accounts/"
_SIGN_OUT = "/accounts/logout/"
GetResponse = Callable[[HttpRequest], HttpResponseBase]


class RequestContext:
    """Gives each request an id, one JSON line in the log, and no personal data.

    The line names the route, not the address: an address may carry what was typed.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = perf_counter()
        # Before anything that waits: deadlines are judged by this.
        request.arrived_at = arrived_at(request)  # type: ignore[attr-defined]  # ours
        given = request.headers.get("X-Request-ID", "")
        request_id = given if _WELL_FORMED.fullmatch(given) else secrets.token_hex(16)
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self.get_response(request)
            response["X-Request-ID"] = request_id
            if not request.path_info.startswith(settings.STATIC_URL):
                _log_request(request, response, perf_counter() - began)
        return response


def _log_request(request: HttpRequest, response: HttpResponseBase, took: float) -> None:
    match = request.resolver_match
    more = {"case": match.kwargs["key"]} if match and "key" in match.kwargs else {}
    _log.info(
        "request",
        method=request.method,
        route=match.route if match else "",
        status=response.status_code,
        duration_ms=round(took * 1000, 1),
        **more,
    )


class PrivateCaching:
    """What a person signed in reads is stored by nobody: not by a proxy, and not for
    whoever next presses “back” on a shared machine.

    Told by the session or token that came along, so that it costs no query. A page that
    says itself how long it may be kept is left alone: see `pages.FormPage`.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        known = _PERSONAL & request.COOKIES.keys()
        if known or "Authorization" in request.headers:
            response.headers.setdefault("Cache-Control", "no-store")
        if request.method == "POST" and request.path == _SIGN_OUT:
            # Forms may be kept until then: what the browser held of them goes too.
            response["Clear-Site-Data"] = '"cache"'
        return response


class DomainErrors:
    """A domain error or an outage that no page has answered becomes a page with its
    sentence, and so does a method that a page does not have.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        # Django's own answer to a method that a page does not have is empty.
        if answer.status_code == 405 and not getattr(answer, "content", b"-"):
            return method_not_allowed(request, answer)
        return answer

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        """The sign-in library would send whoever cannot be known to sign in."""
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
