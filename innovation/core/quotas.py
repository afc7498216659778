"""Limits on what one person, address or token may use in a period of time. The counts
are shared by all processes.
"""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

from django.db import connection
from django.db.models import F
from django.db.models.functions import Greatest

from innovation.core.errors import TooOften
from innovation.core.models import Quota

_CONSUME = """
    INSERT INTO core_quota AS had (name, subject, starts_at, ends_at, amount)
    VALUES (%(name)s, %(subject)s, %(starts_at)s, %(ends_at)s, %(amount)s)
    ON CONFLICT (name, subject) DO UPDATE SET
        starts_at = excluded.starts_at,
        ends_at = excluded.ends_at,
        amount = excluded.amount
            + CASE WHEN had.starts_at = excluded.starts_at THEN had.amount ELSE 0 END
    RETURNING amount
"""


def try_consume(
    name: str,
    subject: object,
    *,
    limit: int,
    window: timedelta,
    at: datetime,
    amount: int = 1,
) -> bool:
    """Count the amount, and return whether the total is within `limit`.

    It is one statement, so that two workers never lose a count. Inside a transaction,
    others who consume the same quota wait for its end, and a rollback undoes the count.
    """
    window_start = _window_start(window, at)
    parameters: dict[str, str | int | datetime] = {
        "name": name,
        "subject": _hash(subject),
        "starts_at": window_start,
        "ends_at": window_start + window,
        "amount": amount,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CONSUME, parameters)
        (total,) = cursor.fetchone()
    return bool(total <= limit)


def consume(
    name: str,
    subject: object,
    *,
    limit: int,
    window: timedelta,
    at: datetime,
    refusal: str,
    amount: int = 1,
) -> None:
    """Count the amount. Raise `TooOften` if the total is over `limit`: its message is
    `refusal` and when to try again.
    """
    if try_consume(name, subject, limit=limit, window=window, at=at, amount=amount):
        return
    seconds = seconds_until_reset(window, at)
    minutes = -(-seconds // 60)
    delay = "a minute" if minutes == 1 else f"{minutes} minutes"
    raise TooOften(f"{refusal} Try again in {delay}.", retry_after=seconds)


def used_amount(name: str, subject: object, *, window: timedelta, at: datetime) -> int:
    """The amount counted in this window so far."""
    rows = Quota.objects.filter(
        name=name, subject=_hash(subject), starts_at=_window_start(window, at)
    )
    return sum(rows.values_list("amount", flat=True))


def give_back(name: str, subject: object, *, amount: int = 1) -> None:
    """Undo the count of something that should not have been counted."""
    rows = Quota.objects.filter(name=name, subject=_hash(subject))
    rows.update(amount=Greatest(F("amount") - amount, 0))


def clear(name: str, subject: object) -> None:
    Quota.objects.filter(name=name, subject=_hash(subject)).delete()


def seconds_until_reset(window: timedelta, at: datetime) -> int:
    """The seconds until the window ends and the count starts from 0."""
    return int((_window_start(window, at) + window - at).total_seconds()) + 1


def delete_expired(*, at: datetime) -> None:
    Quota.objects.filter(ends_at__lt=at).delete()


def _window_start(window: timedelta, at: datetime) -> datetime:
    seconds = int(window.total_seconds())
    return datetime.fromtimestamp(at.timestamp() // seconds * seconds, tz=UTC)


def _hash(subject: object) -> str:
    """Hash the name, so that the table does not show people's addresses."""
    return sha256(str(subject).encode()).hexdigest()[:32]
