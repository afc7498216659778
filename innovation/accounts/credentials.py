"""A change of how somebody signs in, as allauth tells of it."""

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
    """Once, when the app is ready. Not weakly: nothing else holds the receivers."""
    email_changed.connect(record_email_change, weak=False)
    for changed in (
        email_changed,
        email_removed,
        authenticator_added,
        authenticator_removed,
        authenticator_reset,
    ):
        changed.connect(end_other_sessions, weak=False)
    authentication_step_completed.connect(renew_session, weak=False)


def record_email_change(user: User, **_: object) -> None:
    people.note_new_email(user, at=clock.now())


def end_other_sessions(request: HttpRequest, user: User, **_: object) -> None:
    """Whoever had come in by the old way is out; this browser stays signed in."""
    people.end_sessions(user)
    update_session_auth_hash(request, user)


def renew_session(request: HttpRequest, **more: object) -> None:
    """Whoever proves anew that it is them goes on in a session with a new key."""
    if more.get("reauthenticated"):
        request.session.cycle_key()
