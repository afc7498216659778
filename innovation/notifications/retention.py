"""Deletes letters with codes and links of the sign-in pages, and old job failures."""

from datetime import datetime

from innovation.core import limits
from innovation.core.expiry import Rule, rules
from innovation.notifications.letters import ACCOUNT
from innovation.notifications.models import JobFailure, Letter, LetterState


def _account_letters(at: datetime) -> None:
    """Whether they arrived or not: their codes work only for minutes."""
    old = Letter.objects.filter(
        kind=ACCOUNT, put_at__lt=at - limits.ACCOUNT_LETTER_LIFE
    )
    old.exclude(state=LetterState.LEASED).delete()


def _failures(at: datetime) -> None:
    JobFailure.objects.filter(at__lt=at - limits.FAILURE_LIFE).delete()


def register() -> None:
    rules.register(
        Rule("notifications_letter", _account_letters),
        Rule("notifications_jobfailure", _failures),
    )
