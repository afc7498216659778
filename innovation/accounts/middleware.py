"""Staff sign in with a second factor, or set one up before anything else; who was
refused something is in the log; and no answer tells by its time who has an account.
"""

from collections.abc import Callable
from time import monotonic, sleep

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from innovation.accounts import security_log

_OPEN = ("/accounts/", "/assets/", "/health/")
_SILENT = {"/accounts/confirm-email/", "/accounts/password/reset/"}
"""Whose answers say nothing of an address, and come too fast to be alike by hashing."""


class SecondFactorRequired:
    """Not in the demonstration; `User.needs_second_factor` says who is staff."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.DEMONSTRATION or request.path.startswith(_OPEN):
            return self.get_response(request)
        user = request.user
        if not user.is_authenticated or not user.needs_second_factor:
            return self.get_response(request)
        if not is_mfa_enabled(user):
            return redirect("mfa_activate_totp")
        return self.get_response(request)


class RefusalLogging:
    """Placed inside the authentication, and outside all that may refuse."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        security_log.record_refusal(request, response)
        return response


class AnswerTimes:
    """Stands outside the session. Pages that must not tell whether an address has an
    account take as long for every address: the branches behind them do the same work,
    but never to the millisecond.
    """

    least = 0.1
    """Seconds: several times what the slowest branch takes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = monotonic()
        response = self.get_response(request)
        if request.path in _SILENT:
            sleep(max(0, began + self.least - monotonic()))
        return response
