from datetime import UTC, date, datetime

import pytest

from innovation.core import clock


def test_a_london_day_ends_with_londons_midnight_in_summer_and_winter() -> None:
    late = datetime(2014, 7, 1, 23, 30, tzinfo=UTC)
    assert clock.london_day(late) == date(2014, 7, 2)
    assert clock.london_day(late.replace(month=12)) == date(2014, 12, 1)


def test_the_end_of_a_day_is_its_last_microsecond() -> None:
    end = clock.end_of_day(date(2015, 2, 28))
    assert clock.london_day(end) == date(2015, 2, 28)
    assert end.microsecond == 999_999


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2015, 3, 31), 2014), (date(2015, 4, 1), 2015), (date(2015, 12, 31), 2015)],
)
def test_a_financial_year_begins_in_april(day: date, year: int) -> None:
    assert clock.financial_year(day) == year


def test_a_month_ends_where_the_calendar_says() -> None:
    assert clock.last_day_of_month(2016, 2) == date(2016, 2, 29)
    assert clock.last_day_of_month(2015, 2) == date(2015, 2, 28)
    assert clock.financial_year_name(2014) == "2014 to 2015"
