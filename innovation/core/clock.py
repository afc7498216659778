"""Time, dates and financial years.

Only views, commands and jobs call `now`; they pass the time down as `at=`. Tests pass a
fixed time.
"""

from calendar import monthrange
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

LONDON = ZoneInfo("Europe/London")
_stopped: ContextVar[str] = ContextVar("stopped", default="")


def now() -> datetime:
    if reason := _stopped.get():
        raise AssertionError(reason)
    return timezone.now()


@contextmanager
def stopped(reason: str) -> Iterator[None]:
    """`now` raises inside this block: what is built there is used again later."""
    token = _stopped.set(reason)
    try:
        yield
    finally:
        _stopped.reset(token)


def london_day(moment: datetime) -> date:
    """The date in London, which decides days and deadlines."""
    return moment.astimezone(LONDON).date()


def last_day_of_month(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def end_of_day(day: date) -> datetime:
    """The last microsecond of a London day, for facts that have only a date."""
    return datetime(day.year, day.month, day.day, 23, 59, 59, 999999, tzinfo=LONDON)


def financial_year(day: date) -> int:
    """The year in which the financial year (April to March) starts: 2014 is 2014–15."""
    return day.year if day.month >= 4 else day.year - 1


def financial_year_name(year: int) -> str:
    return f"{year} to {year + 1}"
