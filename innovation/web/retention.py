"""Sessions that have ended."""

from datetime import datetime

from innovation.core import expiry
from innovation.web.sessions import SessionStore


def _sessions(at: datetime) -> None:
    SessionStore.clear_expired()


expiry.register("django_session", _sessions)
