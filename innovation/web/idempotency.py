"""One form sent twice is one change.

Each form has a random token. Its row is inserted in the same transaction as the change.
If the form is sent twice, the second request waits for the row and redirects to where
the first one led. If the first failed, its row is gone and the second is performed. A
token counts for one person and one address.
"""

import hashlib
import secrets
from collections.abc import Callable

from django.db import connection, transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.shortcuts import resolve_url

from innovation.core import clock, statements
from innovation.core.models import Submission

FIELD = "submission"
_INSERT = """
    INSERT INTO core_submission (token, address, at) VALUES (%s, '', %s)
    ON CONFLICT DO NOTHING
"""

Destination = str | Model
"""Where to go next: an address, a URL name or a row with `get_absolute_url`."""


def new_token() -> str:
    return secrets.token_urlsafe(18)


def earlier_address(request: HttpRequest) -> str:
    """Where this form led when it was sent before; empty if it was not.

    Pages check this before they refuse a form, because its first sending may be the
    reason for the refusal.
    """
    key = _token_key(request)
    submission = statements.first(_submissions, key) if key else None
    return submission.address if submission else ""


def _submissions(token: str) -> QuerySet[Submission]:
    return Submission.objects.filter(token=token)[:1]


def perform_once(request: HttpRequest, act: Callable[[], Destination]) -> str:
    """Call `act` unless this form was sent before. Return the address to go to next.

    A request without a token (a script, a test) is always performed.
    """
    key = _token_key(request)
    if not key:
        return resolve_url(act())
    with transaction.atomic():
        if not _insert(key):
            return Submission.objects.get(token=key).address
        address = resolve_url(act())
        Submission.objects.filter(token=key).update(address=address)
    return address


def _insert(token: str) -> bool:
    """Insert the form's row, and return whether it is new. Waits for a request that is
    inserting the same one.
    """
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [token, clock.now()])
        return bool(cursor.rowcount == 1)


def _token_key(request: HttpRequest) -> str:
    """The key of the form's row; empty without a token."""
    token = request.POST.get(FIELD, "")
    if not token:
        return ""
    form = f"{request.path}\n{token}".encode(errors="replace")
    return f"{request.user.pk or 0}:{hashlib.sha256(form).hexdigest()}"
