"""Rate limits per user, or per address where nobody is signed in."""

from datetime import timedelta

from allauth.account.adapter import get_adapter
from allauth.core.internal.ratelimit import truncate_ip
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest

from innovation.core import clock, quotas


def client_address(request: HttpRequest) -> str:
    """The client's address as the limits of sign-in count it: behind the trusted
    proxies, and the network of an IPv6 address. All unknown addresses count as one.
    """
    try:
        address = get_adapter(request).get_client_ip(request)
    except (PermissionDenied, ImproperlyConfigured):
        return ""
    return str(truncate_ip(address))


def requester(request: HttpRequest) -> object:
    """Whom a limit counts: the user, or the address where nobody is signed in."""
    user = request.user
    return user.pk if user.is_authenticated else client_address(request)


def require_within_limit(
    request: HttpRequest, name: str, *, limit: int, window: timedelta
) -> None:
    """Raise `TooOften` if the user or address has reached the limit."""
    at, subject = clock.now(), requester(request)
    refusal = f"You have sent too many {name}, so we have not done this."
    quotas.consume(name, subject, limit=limit, window=window, at=at, refusal=refusal)
