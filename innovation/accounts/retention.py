"""Accounts that somebody began and whose address nobody confirmed."""

from datetime import datetime

from innovation.accounts.domain import people
from innovation.core import expiry


def _unconfirmed(at: datetime) -> None:
    people.forget_unconfirmed(at=at)


expiry.register("accounts_user", _unconfirmed)
