"""Log lines about security: sign-in, passwords, second factors and refusals.

The events have the names of OWASP's logging vocabulary, which monitoring tools know. A
person is named by their key; unknown addresses are not logged.
"""

from collections.abc import Callable, Mapping

import structlog
from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.contrib.auth import signals as auth
from django.dispatch import Signal
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from innovation.accounts.models import User

_log = structlog.get_logger("innovation.security")
_EVENTS: list[tuple[Signal, str]] = [
    (auth.user_logged_in, "authn_login_success"),
    (auth.user_login_failed, "authn_login_fail"),
    (auth.user_logged_out, "authn_logout"),
    (account.password_set, "authn_password_change"),
    (account.password_changed, "authn_password_change"),
    (account.password_reset, "authn_password_change"),
    (account.email_verification_code_rejected, "authn_code_fail"),
    (mfa.authenticator_used, "authn_factor_success"),
    (mfa.authentication_failed, "authn_factor_fail"),
    (mfa.authenticator_added, "authn_factor_added"),
    (mfa.authenticator_removed, "authn_factor_removed"),
    (mfa.authenticator_reset, "authn_factor_reset"),
]
_REFUSALS = {
    401: "authn_token_fail",
    403: "authz_fail",
    429: "excess_rate_limit_exceeded",
}


def connect() -> None:
    """Connect the receivers, once. Nothing else refers to them, so `weak=False`."""
    for signal, event in _EVENTS:
        signal.connect(_receiver(event), weak=False)


def record_refusal(request: HttpRequest, response: HttpResponseBase) -> None:
    """Log a response that refuses something."""
    event = _REFUSALS.get(response.status_code)
    if event is not None:
        _log_refusal(event, request, getattr(request, "user", None))


def record_excess(request: HttpRequest, address: str) -> None:
    """Log that a form of the sign-in pages was refused because of a limit for this
    address.
    """
    _log_refusal(_REFUSALS[429], request, _account_holder(address))


def _log_refusal(event: str, request: HttpRequest, person: object) -> None:
    match = request.resolver_match
    _log.warning(event, route=match.route if match else "", person=_key(person))


def _receiver(event: str) -> Callable[..., None]:
    write = _log.warning if event.endswith(("_fail", "_removed")) else _log.info

    def receive(
        user: User | None = None,
        authenticator: Authenticator | None = None,
        credentials: Mapping[str, object] | None = None,
        **_: object,
    ) -> None:
        claimed = str((credentials or {}).get("email", ""))
        person = _key(user or _account_holder(claimed))
        factor = {"factor": authenticator.type} if authenticator else {}
        write(event, person=person, **factor)

    return receive


def _account_holder(address: str) -> User | None:
    """The user with this address, for the log."""
    return User.objects.with_address(address.strip()).first() if address else None


def _key(user: object) -> str:
    return str(getattr(user, "key", ""))
