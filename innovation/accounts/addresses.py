"""A change of the address somebody signs in with, as allauth tells of it."""

from typing import Any

from allauth.account.signals import email_changed
from django.dispatch import receiver

from innovation.accounts.domain import people
from innovation.accounts.models import User
from innovation.core import clock


@receiver(email_changed, dispatch_uid="accounts.email_changed")
def record(user: User, **_: Any) -> None:
    people.note_new_email(user, at=clock.now())
