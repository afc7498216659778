"""The browsers in which somebody has signed in before, by a signed cookie in each."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

COOKIE_LIFE = timedelta(days=365)
_MAX_PEOPLE = 5
"""People who share a browser."""
_SALT = "innovation.accounts.devices"


def device_name(request: HttpRequest, email: str) -> str:
    """What this browser is called for whoever signs in with `email`; empty if they
    never did so here.
    """
    return _device_names(request).get(_email_hash(email), "")


def remember_device(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """From this answer on the browser is known to be theirs."""
    marks = _device_names(request)
    mark = marks.pop(_email_hash(email), "") or secrets.token_urlsafe(12)
    newest = [*marks.items(), (_email_hash(email), mark)][-_MAX_PEOPLE:]
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
        sent = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
        found = signing.loads(sent, salt=_SALT, max_age=COOKIE_LIFE)
    except signing.BadSignature:
        return {}
    return dict(found)


def _email_hash(email: str) -> str:
    """Who else uses the browser reads no address in the cookie."""
    return salted_hmac(_SALT, email.lower()).hexdigest()[:16]
