"""Whose address a request comes from: the one that the limits of sign-in count."""

from allauth.account.adapter import get_adapter
from allauth.core.internal.ratelimit import truncate_ip
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest


def address(request: HttpRequest) -> str:
    """By as many proxies as stand in front; of an IPv6 address its network. All whose
    address cannot be told are counted as one.
    """
    try:
        found = get_adapter(request).get_client_ip(request)
    except (PermissionDenied, ImproperlyConfigured):
        return ""
    return str(truncate_ip(found))
