"""Working days around Christmas, Easter and the department’s closed days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovation.core.working_days import is_working_day, working_days_between

DAYS = st.dates(min_value=date(2012, 1, 1), max_value=date(2040, 12, 31))


@pytest.mark.parametrize(
    ("start", "end", "number"),
    [
        # Thursday to the next day, and over a weekend.
        (date(2026, 12, 3), date(2026, 12, 4), 1),
        (date(2026, 12, 4), date(2026, 12, 7), 1),
        (date(2026, 12, 4), date(2026, 12, 6), 0),
        # Boxing Day 2026 is a Saturday, so Monday 28 December stands in for it.
        (date(2026, 12, 24), date(2026, 12, 28), 0),
        (date(2026, 12, 24), date(2026, 12, 29), 1),
        (date(2026, 12, 24), date(2027, 1, 4), 4),
        # Good Friday is 26 March 2027 and Easter Monday 29 March.
        (date(2027, 3, 25), date(2027, 3, 29), 0),
        (date(2027, 3, 25), date(2027, 4, 1), 3),
        # Both days of Christmas 2027 fall on a weekend: Monday and Tuesday stand in.
        (date(2027, 12, 24), date(2027, 12, 28), 0),
        (date(2027, 12, 24), date(2027, 12, 29), 1),
        (date(2026, 12, 4), date(2026, 12, 4), 0),
        (date(2026, 12, 7), date(2026, 12, 4), 0),
    ],
)
def test_working_days_are_those_counted_by_hand(
    start: date, end: date, number: int
) -> None:
    assert working_days_between(start, end) == number


def test_a_bank_holiday_of_scotland_is_a_working_day() -> None:
    assert is_working_day(date(2026, 11, 30))
    assert is_working_day(date(2027, 1, 4))


def test_a_closed_day_counts_once_and_not_on_a_weekend() -> None:
    start, end = date(2026, 12, 18), date(2026, 12, 29)
    assert working_days_between(start, end) == 5
    eve, christmas, saturday = (date(2026, 12, day) for day in (24, 25, 19))
    assert working_days_between(start, end, [eve]) == 4
    assert working_days_between(start, end, [eve, christmas, saturday]) == 4
    assert not is_working_day(eve, [eve])


@given(DAYS, st.integers(0, 800), st.sets(DAYS, max_size=5), st.integers(0, 800))
def test_the_number_is_that_of_a_count_day_by_day(
    start: date, length: int, closed: set[date], offset: int
) -> None:
    closed_days = {*closed, start + timedelta(days=offset)}
    days = [start + timedelta(days=number) for number in range(1, length + 1)]
    end = start + timedelta(days=length)
    assert working_days_between(start, end, closed_days) == sum(
        is_working_day(day, closed_days) for day in days
    )
