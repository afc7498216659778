"""How much one person, address or token may have in a time, over all processes."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

from django.db import connection
from django.db.models import F
from django.db.models.functions import Greatest

from innovation.core.errors import TooOften
from innovation.core.models import Quota

_CONSUME = """
    INSERT INTO core_quota AS had (name, who, began, ends, amount)
    VALUES (%(name)s, %(who)s, %(began)s, %(ends)s, %(amount)s)
    ON CONFLICT (name, who) DO UPDATE SET
        began = excluded.began,
        ends = excluded.ends,
        amount = excluded.amount
            + CASE WHEN had.began = excluded.began THEN had.amount ELSE 0 END
    RETURNING amount
"""


def try_consume(
    name: str,
    who: object,
    *,
    most: int,
    window: timedelta,
    at: datetime,
    amount: int = 1,
) -> bool:
    """Whether it is within `most`, counted in this window whether or not it is.

    One statement, so that two workers never lose a count to each other. Inside a
    transaction it holds back everybody else who consumes the same until that ends, and
    what is rolled back is not counted.
    """
    began = _window_start(window, at)
    parameters: dict[str, str | int | datetime] = {
        "name": name,
        "who": _hash(who),
        "began": began,
        "ends": began + window,
        "amount": amount,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CONSUME, parameters)
        (had,) = cursor.fetchone()
    return bool(had <= most)


def consume(
    name: str,
    who: object,
    *,
    most: int,
    window: timedelta,
    at: datetime,
    refusal: str,
    amount: int = 1,
) -> None:
    """Count it. Raises `TooOften` where that is more than `most`: `refusal`, and when
    to try again.
    """
    if try_consume(name, who, most=most, window=window, at=at, amount=amount):
        return
    seconds = seconds_until_reset(window, at)
    minutes = -(-seconds // 60)
    again = "a minute" if minutes == 1 else f"{minutes} minutes"
    raise TooOften(f"{refusal} Try again in {again}.", retry_after=seconds)


def used_amount(name: str, who: object, *, window: timedelta, at: datetime) -> int:
    """How much it is in this window so far."""
    rows = Quota.objects.filter(
        name=name, who=_hash(who), began=_window_start(window, at)
    )
    return sum(rows.values_list("amount", flat=True))


def give_back(name: str, who: object, *, amount: int = 1) -> None:
    """What was counted before it was known that it should not be."""
    rows = Quota.objects.filter(name=name, who=_hash(who))
    rows.update(amount=Greatest(F("amount") - amount, 0))


def clear(name: str, who: object) -> None:
    Quota.objects.filter(name=name, who=_hash(who)).delete()


def seconds_until_reset(window: timedelta, at: datetime) -> int:
    """The seconds until what was consumed no longer counts."""
    return int((_window_start(window, at) + window - at).total_seconds()) + 1


def delete_expired(*, at: datetime) -> None:
    Quota.objects.filter(ends__lt=at).delete()


def _window_start(window: timedelta, at: datetime) -> datetime:
    seconds = int(window.total_seconds())
    return datetime.fromtimestamp(at.timestamp() // seconds * seconds, tz=UTC)


def _hash(who: object) -> str:
    """The table says nothing of whose address it counts to somebody who reads it."""
    return sha256(str(who).encode()).hexdigest()[:32]
