"""Known devices: browsers with a signed cookie of somebody who has signed in."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

COOKIE_LIFE = timedelta(days=365)
_MAX_PEOPLE = 5
"""The most users for whom one browser is a known device."""
_SALT = "innovation.accounts.devices"


def device_name(request: HttpRequest, email: str) -> str:
    """The name of this browser for the user with `email`; empty if they have never
    signed in here.
    """
    return _device_names(request).get(_email_hash(email), "")


def remember_device(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """Set the cookie that makes this browser a known device of the user."""
    names = _device_names(request)
    name = names.pop(_email_hash(email), "") or secrets.token_urlsafe(12)
    newest = [*names.items(), (_email_hash(email), name)][-_MAX_PEOPLE:]
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps(dict(newest), salt=_SALT),
        max_age=COOKIE_LIFE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _device_names(request: HttpRequest) -> dict[str, str]:
    try:
        cookie = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
        names = signing.loads(cookie, salt=_SALT, max_age=COOKIE_LIFE)
    except signing.BadSignature:
        return {}
    return dict(names)


def _email_hash(email: str) -> str:
    """Hash the address, so that others who use the browser cannot read it."""
    return salted_hmac(_SALT, email.lower()).hexdigest()[:16]
