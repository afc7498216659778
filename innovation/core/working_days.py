"""Working days in England: weekdays without bank holidays and without the days on which
the department is closed.
"""

from collections.abc import Collection
from datetime import date, timedelta
from functools import cache

import holidays

_WEEKDAYS = 5
_DAYS_OF_WEEK = 7


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of England, with the days that stand in for those that fall on
    a weekend.
    """
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date, closed_days: Collection[date] = ()) -> bool:
    return (
        day.weekday() < _WEEKDAYS
        and day not in bank_holidays(day.year)
        and day not in closed_days
    )


def working_days_between(
    start: date, end: date, closed_days: Collection[date] = ()
) -> int:
    """The number of working days after `start`, up to and including `end`. It is 0 if
    `end` is not after `start`.
    """
    if end <= start:
        return 0
    years = range(start.year, end.year + 1)
    not_worked = {*closed_days}.union(*map(bank_holidays, years))
    return _weekdays_between(start, end) - sum(
        start < day <= end and day.weekday() < _WEEKDAYS for day in not_worked
    )


def _weekdays_between(start: date, end: date) -> int:
    weeks, days = divmod((end - start).days, _DAYS_OF_WEEK)
    rest = (start + timedelta(days=number) for number in range(1, days + 1))
    return weeks * _WEEKDAYS + sum(day.weekday() < _WEEKDAYS for day in rest)
