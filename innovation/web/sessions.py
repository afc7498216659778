"""When the reader's session ends. Each time it is saved it lasts as long again."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends import db
from django.db import Error
from django.http import HttpRequest

from innovation.core import outages
from innovation.core.errors import Unavailable


class SessionStore(db.SessionStore):
    """Remembers what the row says of its end. Django's own `get_expiry_date` is when
    the session would end if it were saved now.

    While the database is away, whoever asks is unknown, and pages that need no database
    are still shown. The cookie stays; every other page says that it is away.
    """

    ends_at: datetime | None = None
    away: Unavailable | None = None

    def _get_session_from_db(self) -> Any:
        try:
            row: Any = super()._get_session_from_db()  # type: ignore[misc]  # not in the stubs
        except Error as error:
            self.away = outages.explain(error)
            if self.away is None:
                raise
            return None
        self.ends_at = row.expire_date if row else None
        return row


def away(request: HttpRequest) -> Unavailable | None:
    """Why it cannot be known who asks; nothing where it is."""
    request.user.is_authenticated  # noqa: B018  # reads the session
    found: Unavailable | None = getattr(request.session, "away", None)
    return found


def require_known(request: HttpRequest) -> None:
    """Nobody is sent to sign in because the database is away."""
    if outage := away(request):
        raise outage


def ends_at(request: HttpRequest) -> datetime | None:
    """Nothing where nobody is signed in."""
    if not request.user.is_authenticated:
        return None
    ends: datetime | None = getattr(request.session, "ends_at", None)
    return ends


def prolong(request: HttpRequest) -> None:
    """From this answer on it lasts the whole time anew."""
    if request.user.is_authenticated:
        request.session.modified = True


def seconds_left(request: HttpRequest, now: datetime) -> int:
    ends = ends_at(request)
    return max(int((ends - now).total_seconds()), 0) if ends else 0


def keep_busy(request: HttpRequest, now: datetime) -> int:
    """For a page that saves by itself what somebody types: the seconds that are left.
    The session is saved anew every ten minutes, not with every word.
    """
    left = seconds_left(request, now)
    if left > settings.SESSION_COOKIE_AGE - 600:
        return left
    prolong(request)
    return int(settings.SESSION_COOKIE_AGE)
