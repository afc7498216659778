"""Reacts to allauth's signals when somebody's password or second factor changes."""

from allauth.account.signals import (
    authentication_step_completed,
    email_changed,
    email_removed,
)
from allauth.mfa.signals import (
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest

from innovation.accounts.domain import people
from innovation.accounts.models import User
from innovation.core import clock


def connect() -> None:
    """Connect the receivers, once. Nothing else refers to them, so `weak=False`."""
    email_changed.connect(record_email_change, weak=False)
    for signal in (
        email_changed,
        email_removed,
        authenticator_added,
        authenticator_removed,
        authenticator_reset,
    ):
        signal.connect(end_other_sessions, weak=False)
    authentication_step_completed.connect(renew_session, weak=False)


def record_email_change(user: User, **_: object) -> None:
    people.record_email_change(user, at=clock.now())


def end_other_sessions(request: HttpRequest, user: User, **_: object) -> None:
    """End all sessions of the user but this one."""
    people.end_sessions(user)
    update_session_auth_hash(request, user)


def renew_session(request: HttpRequest, **kwargs: object) -> None:
    """Give the session a new key after the user has reauthenticated."""
    if kwargs.get("reauthenticated"):
        request.session.cycle_key()
