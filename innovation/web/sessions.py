"""Sessions and their end. What somebody saves extends their session, at most every ten
minutes, and up to `SESSION_LONGEST_AGE` after signing in.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db import Error
from django.db.models import QuerySet
from django.http import HttpRequest

from innovation.core import clock, outages, statements
from innovation.core.errors import Unavailable

SIGNED_IN_AT = "signed_in_at"
_SAVED_EVERY = 600
"""Seconds after which a change extends the session again."""


class SessionStore(db.SessionStore):
    """Knows when the stored session ends; Django's `get_expiry_date` is when it would
    end if it were saved now.

    During an outage of the database the user is unknown, and pages that need no
    database are still shown. The cookie stays; every other page reports the outage.
    """

    ends_at: datetime | None = None
    outage: Unavailable | None = None

    def _get_session_from_db(self) -> Session | None:
        key, now = self.session_key or "", clock.now()
        try:
            row = statements.first(_live_session, key, now)
        except Error as error:
            self.outage = outages.explain(error)
            if self.outage is None:
                raise
            return None
        if row is None:
            self._session_key = None
            return None
        self.ends_at = row.expire_date
        return row

    def get_expiry_age(self, **options: object) -> int:
        seconds = super().get_expiry_age(**options)
        latest_end = self._latest_end()
        return (
            min(seconds, _seconds(latest_end - clock.now())) if latest_end else seconds
        )

    def get_expiry_date(self, **options: object) -> datetime:
        ends: datetime = super().get_expiry_date(**options)
        latest_end = self._latest_end()
        return min(ends, latest_end) if latest_end else ends

    def _latest_end(self) -> datetime | None:
        """`None` if nobody has signed in to the session."""
        signed_in_at = self.get(SIGNED_IN_AT)
        if signed_in_at is None:
            return None
        return datetime.fromisoformat(signed_in_at) + timedelta(
            seconds=settings.SESSION_LONGEST_AGE
        )


def _live_session(key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)[:1]


def record_sign_in_time(*, request: HttpRequest, **_: object) -> None:
    """Store when the user signed in."""
    request.session[SIGNED_IN_AT] = clock.now().isoformat()


user_logged_in.connect(record_sign_in_time)


def session_outage(request: HttpRequest) -> Unavailable | None:
    """The outage because of which the user is unknown, if there is one."""
    request.user.is_authenticated  # noqa: B018  # reads the session
    outage: Unavailable | None = getattr(request.session, "outage", None)
    return outage


def require_session(request: HttpRequest) -> None:
    """Raise the outage, so that nobody is sent to sign in because of it."""
    if outage := session_outage(request):
        raise outage


def ends_at(request: HttpRequest) -> datetime | None:
    """`None` if nobody is signed in."""
    if not request.user.is_authenticated:
        return None
    ends: datetime | None = getattr(request.session, "ends_at", None)
    return ends


def extend(request: HttpRequest) -> None:
    """Let the session last its whole time from now."""
    if request.user.is_authenticated:
        request.session.modified = True


def seconds_left(request: HttpRequest, now: datetime) -> int:
    ends = ends_at(request)
    return _seconds(ends - now) if ends else 0


def extend_if_due(request: HttpRequest, now: datetime) -> int:
    """Extend the session after a change, and return the seconds left. It is saved every
    ten minutes, not with every request.
    """
    seconds = seconds_left(request, now)
    if seconds > settings.SESSION_COOKIE_AGE - _SAVED_EVERY:
        return seconds
    extend(request)
    return request.session.get_expiry_age()


def _seconds(duration: timedelta) -> int:
    return max(int(duration.total_seconds()), 0)
