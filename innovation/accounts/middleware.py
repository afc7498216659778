"""Middleware: requires a second factor of staff, logs refusals, and delays responses so
that their time does not show whether an address has an account.
"""

from collections.abc import Callable
from time import monotonic, sleep

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from innovation.accounts import security_log

_OPEN_PATHS = ("/accounts/", "/assets/", "/health/")
_DELAYED_PATHS = {"/accounts/confirm-email/", "/accounts/password/reset/"}
"""Pages that must not show whether an address is known, and hash no password, which
would hide small differences.
"""


class SecondFactorRequired:
    """Makes staff set up a second factor, except in the demonstration."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.DEMONSTRATION or request.path.startswith(_OPEN_PATHS):
            return self.get_response(request)
        user = request.user
        if not user.is_authenticated or not user.needs_second_factor:
            return self.get_response(request)
        if not is_mfa_enabled(user):
            return redirect("mfa_activate_totp")
        return self.get_response(request)


class RefusalLogging:
    """Logs refusals. Comes after authentication, and before what can refuse."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        security_log.record_refusal(request, response)
        return response


class AnswerTimes:
    """Delays the responses of `_DELAYED_PATHS` to a common time. Their views do the
    same work for every address, but not to the millisecond. Comes before the session.
    """

    least_seconds = 0.1
    """Several times what the slowest of these views takes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started_at = monotonic()
        response = self.get_response(request)
        if request.path in _DELAYED_PATHS:
            sleep(max(0, started_at + self.least_seconds - monotonic()))
        return response
