"""Who asks, as far as counting goes: a person, or else an address."""

from datetime import timedelta

from allauth.account.adapter import get_adapter
from allauth.core.internal.ratelimit import truncate_ip
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest

from innovation.core import clock, quotas


def client_address(request: HttpRequest) -> str:
    """The one that the limits of sign-in count: by as many proxies as stand in front,
    and of an IPv6 address its network. All whose address cannot be told are one.
    """
    try:
        found = get_adapter(request).get_client_ip(request)
    except (PermissionDenied, ImproperlyConfigured):
        return ""
    return str(truncate_ip(found))


def require_within_limit(
    request: HttpRequest, what: str, *, most: int, window: timedelta
) -> None:
    """Raises `TooOften` for whoever has asked for more of it than people do."""
    user = request.user
    at = clock.now()
    who = user.pk if user.is_authenticated else client_address(request)
    refusal = f"You have sent too many {what}, so we have not done this."
    quotas.consume(what, who, most=most, window=window, at=at, refusal=refusal)
