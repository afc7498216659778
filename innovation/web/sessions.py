"""When the reader's session ends. Each time it is saved it lasts as long again."""

from datetime import datetime

from django.contrib.sessions.models import Session
from django.http import HttpRequest


def ends_at(request: HttpRequest) -> datetime | None:
    """By the row itself: what the store says is when it would end if saved now."""
    key = request.session.session_key
    rows = Session.objects.filter(session_key=key).values_list("expire_date", flat=True)
    return rows.first() if key else None


def prolong(request: HttpRequest) -> None:
    """From this answer on it lasts the whole time anew."""
    if request.user.is_authenticated:
        request.session.modified = True
