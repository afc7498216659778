"""Middleware: staff must set up a second factor, and refusals are logged."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from innovation.accounts import security_log

_OPEN = ("/accounts/", "/assets/", "/health/")


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
