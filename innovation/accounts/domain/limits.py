"""How often somebody may do what reaches others, and how often a password be tried.

All figures are here but those the sign-in library counts itself, which are
`ACCOUNT_RATE_LIMITS` in the settings. Each is counted by one statement under the lock
of its row, so that requests at the same moment do not pass it together.
"""

import hashlib
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection

from innovation.accounts.models import RateCount
from innovation.core.errors import TooOften
from innovation.web.words import written_moment

_MINUTE, _HOUR, _DAY = (timedelta(seconds=each) for each in (60, 3600, 86400))


class Limit(NamedTuple):
    """So `many` in a stretch `within`, which begins with the first. `refusal` goes on
    with the moment from which it is possible again.
    """

    name: str
    many: int
    within: timedelta
    refusal: str = "Too many attempts. You can try again"


INVITATIONS_OF_PERSON = Limit(
    "invitations by person",
    10,
    _DAY,
    "You have invited {many} people within a day. You can invite more",
)
INVITATIONS_OF_ORGANISATION = Limit(
    "invitations by organisation",
    20,
    _DAY,
    "Your organisation has invited {many} people within a day. It can invite more",
)
INVITATIONS_TO_ADDRESS = Limit(
    "invitations to address",
    3,
    _DAY,
    "This address was invited {many} times within a day. It can be invited again",
)
REQUESTS_TO_JOIN = Limit(
    "requests to join",
    5,
    _DAY,
    "You have asked to join {many} organisations within a day. You can ask again",
)
_LETTERS = "We have sent many emails for this. You can ask for another"
LETTERS_TO_ADDRESS = Limit("account letters to address", 10, _DAY, _LETTERS)
LETTERS_OF_PERSON = Limit("account letters by person", 20, _DAY, _LETTERS)
LETTERS_OF_DEVICE = Limit("account letters by device", 10, _DAY, _LETTERS)
LETTERS_OF_NETWORK = Limit("account letters by network", 100, _DAY, _LETTERS)

# Signing in: see `attempts`.
ATTEMPTS_OF_DEVICE = Limit("sign-in by device", 10, 5 * _MINUTE)
ATTEMPTS_OF_NETWORK = Limit("sign-in by network", 30, _MINUTE)
FAILURES_OF_NETWORK = Limit("failures by network", 200, _DAY)
FAILURES_AT_ACCOUNT = Limit("failures at account", 1_000_000, _DAY)
"""Never reached: how much an account is tried decides which of these holds."""
CALM = Limit("failures at account by network", 5, 5 * _MINUTE)
TRIED = Limit("failures at account tried by network", 3, _HOUR)
HAMMERED = Limit("failures at account hammered by network", 3, _DAY)

_SPEND = """
    INSERT INTO accounts_ratecount AS c (key, times, ends_at) VALUES (%s, 1, %s)
    ON CONFLICT (key) DO UPDATE SET
        times = CASE WHEN c.ends_at <= %s THEN 1 ELSE c.times + 1 END,
        ends_at = CASE WHEN c.ends_at <= %s THEN excluded.ends_at ELSE c.ends_at END
    RETURNING times, ends_at
"""


def spend(limit: Limit, whom: str, *, at: datetime) -> int:
    """Count one more; how many it are in this stretch. Raises `TooOften`, which says
    when one may go on.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SPEND, [_key(limit, whom), at + limit.within, at, at])
        times, ends_at = cursor.fetchone()
    if times > limit.many:
        raise _refused(limit, ends_at)
    return int(times)


def times(limit: Limit, whom: str, *, at: datetime) -> int:
    """How many it are in this stretch."""
    row = _counted(limit, whom, at)
    return row.times if row else 0


def require(limit: Limit, whom: str, *, at: datetime) -> None:
    """Raises `TooOften` where one more would, and counts nothing."""
    row = _counted(limit, whom, at)
    if row is not None and row.times >= limit.many:
        raise _refused(limit, row.ends_at)


def give_back(limit: Limit, whom: str) -> None:
    """What was counted before it was known that it should not be."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE accounts_ratecount SET times = greatest(times - 1, 0) "
            "WHERE key = %s",
            [_key(limit, whom)],
        )


def clear(limit: Limit, whom: str) -> None:
    RateCount.objects.filter(key=_key(limit, whom)).delete()


def forget(*, before: datetime) -> None:
    """The stretches that have ended."""
    RateCount.objects.filter(ends_at__lte=before).delete()


def _counted(limit: Limit, whom: str, at: datetime) -> RateCount | None:
    return RateCount.objects.filter(key=_key(limit, whom), ends_at__gt=at).first()


def _refused(limit: Limit, ends_at: datetime) -> TooOften:
    """To the next full minute, so that nobody comes back too early."""
    said = limit.refusal.format(many=limit.many)
    again = written_moment(ends_at + timedelta(seconds=59))
    return TooOften.field(None, f"{said} from {again}")


def _key(limit: Limit, whom: str) -> str:
    """No address stands in the table."""
    return f"{limit.name}:{hashlib.sha256(whom.encode()).hexdigest()[:40]}"
