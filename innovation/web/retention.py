"""Deletes sessions that have ended."""

from datetime import datetime

from innovation.core.expiry import Rule, rules
from innovation.web.sessions import SessionStore


def _sessions(at: datetime) -> None:
    SessionStore.clear_expired()


def register() -> None:
    rules.register(
        Rule("django_session", _sessions),
    )
