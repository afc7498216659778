"""Deletes unused accounts whose address was never confirmed."""

from datetime import datetime

from innovation.accounts.domain import people
from innovation.core.expiry import Rule, rules


def _delete_unconfirmed(at: datetime) -> None:
    people.forget_unconfirmed(at=at)


def register() -> None:
    rules.register(
        Rule("accounts_user", _delete_unconfirmed),
    )
