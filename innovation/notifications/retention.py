"""Deletes letters with codes and links of the sign-in pages, and old job failures."""

from datetime import datetime

from innovation.core import limits
from innovation.core.expiry import Rule, rules
from innovation.notifications.letters import ACCOUNT
from innovation.notifications.models import JobFailure, Letter, LetterState


def _delete_account_letters(at: datetime) -> None:
    """Delete them even if they were not sent: their codes work only for minutes."""
    expired = Letter.objects.filter(
        kind=ACCOUNT, put_at__lt=at - limits.ACCOUNT_LETTER_LIFE
    )
    expired.exclude(state=LetterState.LEASED).delete()


def _delete_failures(at: datetime) -> None:
    JobFailure.objects.filter(at__lt=at - limits.FAILURE_LIFE).delete()


def register() -> None:
    rules.register(
        Rule("notifications_letter", _delete_account_letters),
        Rule("notifications_jobfailure", _delete_failures),
    )
