"""One form sent twice is one change.

Each form carries a token drawn when it was shown. The token's row is inserted in the
same transaction as the change; a second sending waits on the row, finds where the
first one led and goes there too. If the first failed, its row is gone and the second
counts. A token is of one person and one address: elsewhere it is another form's.
"""

import hashlib
import secrets
from collections.abc import Callable

from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest
from django.shortcuts import resolve_url

from innovation.core import clock
from innovation.core.models import Submission

FIELD = "submission"


Destination = str | Model
"""Where to go next: an address, a URL name or a row with `get_absolute_url`."""


def new_token() -> str:
    return secrets.token_urlsafe(18)


def earlier_address(request: HttpRequest) -> str:
    """Where this very form has led before; empty where it has not.

    Asked again wherever a page is about to refuse: what the first sending did may be
    the reason, and it is committed together with the row that says where it led.
    """
    row = _token_key(request)
    sent = Submission.objects.filter(token=row).first() if row else None
    return sent.address if sent else ""


def perform_once(request: HttpRequest, act: Callable[[], Destination]) -> str:
    """Do it unless this very form has been sent before; the address to go to next.

    A post without a token (a script, a test) is simply done.
    """
    row = _token_key(request)
    if not row:
        return resolve_url(act())
    with transaction.atomic():
        [made] = Submission.objects.bulk_create(
            [Submission(token=row, at=clock.now())], ignore_conflicts=True
        )
        earlier = Submission.objects.select_for_update().get(token=row)
        if earlier.address:
            return earlier.address
        made.address = resolve_url(act())
        made.save(update_fields=["address"])
    return made.address


def _token_key(request: HttpRequest) -> str:
    """What the form's row is kept under; empty without a token."""
    token = request.POST.get(FIELD, "")
    if not token:
        return ""
    form = f"{request.path}\n{token}".encode(errors="replace")
    return f"{request.user.pk or 0}:{hashlib.sha256(form).hexdigest()}"
