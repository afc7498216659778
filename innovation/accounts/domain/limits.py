"""Limits on requests that reach other people, and on password attempts.

`core.quotas` counts them. The limits that allauth counts itself are in the setting
`ACCOUNT_RATE_LIMITS`.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from innovation.core import quotas
from innovation.core.errors import TooOften
from innovation.core.formatting import format_moment

_MINUTE, _HOUR, _DAY = (timedelta(seconds=seconds) for seconds in (60, 3600, 86400))


class Limit(NamedTuple):
    """At most `maximum` in each `window`. `refusal` is the start of the message; the
    time from which it is possible again is added to it.
    """

    name: str
    maximum: int
    window: timedelta
    refusal: str = "Too many attempts. You can try again"


INVITATIONS_OF_PERSON = Limit(
    "invitations by person",
    10,
    _DAY,
    "You have invited {maximum} people within a day. You can invite more",
)
INVITATIONS_OF_ORGANISATION = Limit(
    "invitations by organisation",
    20,
    _DAY,
    "Your organisation has invited {maximum} people within a day. It can invite more",
)
INVITATIONS_TO_ADDRESS = Limit(
    "invitations to address",
    3,
    _DAY,
    "People have invited this address {maximum} times within a day. You can invite it "
    "again",
)
REQUESTS_TO_JOIN = Limit(
    "requests to join",
    5,
    _DAY,
    "You have asked to join {maximum} organisations within a day. You can ask again",
)
LETTERS_TO_AUTHORISERS = Limit(
    "letters to authorisers",
    3,
    _DAY,
    "Your organisation has asked for this {maximum} times within a day. You can ask "
    "again",
)
LETTERS_TO_AUTHORISERS_OF_PERSON = Limit(
    "letters to authorisers by person",
    20,
    _DAY,
    "You have asked your authorisers to act {maximum} times within a day. You can ask "
    "again",
)
REMINDERS_OF_INVITATION = Limit(
    "reminders of invitation",
    1,
    _DAY,
    "You can only remind them once a day. You can remind them again",
)
REMINDERS_OF_REQUEST = Limit(
    "reminders to sign",
    1,
    _DAY,
    "You can only remind them once a day. You can remind them again",
)
_LETTERS = "We have sent too many emails about this. You can ask for another"
LETTERS_TO_ADDRESS = Limit("account letters to address", 10, _DAY, _LETTERS)
LETTERS_OF_PERSON = Limit("account letters by person", 20, _DAY, _LETTERS)
LETTERS_OF_DEVICE = Limit("account letters by device", 10, _DAY, _LETTERS)
LETTERS_OF_NETWORK = Limit("account letters by network", 100, _DAY, _LETTERS)

# Signing in: see `attempts`.
ATTEMPTS_OF_DEVICE = Limit("sign-in by device", 10, 5 * _MINUTE)
ATTEMPTS_OF_NETWORK = Limit("sign-in by network", 30, _MINUTE)
FAILURES_OF_NETWORK = Limit("failures by network", 200, _DAY)
FAILURES_AT_ACCOUNT = Limit("failures at account", 1_000_000, _DAY)
"""It only counts; the count decides which of the next limits applies."""
FAILURES_WHEN_FEW = Limit("failures at account by network", 5, 5 * _MINUTE)
FAILURES_WHEN_SEVERAL = Limit("failures at account tried by network", 3, _HOUR)
FAILURES_WHEN_MANY = Limit("failures at account hammered by network", 3, _DAY)


def consume(limit: Limit, subject: str, *, at: datetime) -> None:
    """Count one use. Raise `TooOften`, which says when to try again."""
    if not quotas.try_consume(
        limit.name, subject, limit=limit.maximum, window=limit.window, at=at
    ):
        raise _refusal(limit, at)


def used_count(limit: Limit, subject: str, *, at: datetime) -> int:
    """The count in this window."""
    return quotas.used_amount(limit.name, subject, window=limit.window, at=at)


def require_available(limit: Limit, subject: str, *, at: datetime) -> None:
    """Raise `TooOften` if the limit is reached, without counting."""
    if used_count(limit, subject, at=at) >= limit.maximum:
        raise _refusal(limit, at)


def give_back(limit: Limit, subject: str) -> None:
    """Undo a count."""
    quotas.give_back(limit.name, subject)


def clear(limit: Limit, subject: str) -> None:
    quotas.clear(limit.name, subject)


def _refusal(limit: Limit, at: datetime) -> TooOften:
    """The refusal, with the time rounded up to the minute."""
    seconds = quotas.seconds_until_reset(limit.window, at)
    next_time = format_moment(at + timedelta(seconds=seconds + 59))
    refusal = limit.refusal.format(maximum=limit.maximum)
    return TooOften(f"{refusal} from {next_time}", retry_after=seconds)
