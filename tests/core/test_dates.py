"""Dates are read as people write them."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovation.core import dates

FEBRUARY_28 = date(2027, 2, 28)


@pytest.mark.parametrize(
    "parts",
    [
        ("28", "2", "2027"),
        ("28", "02", "2027"),
        ("28", "Feb", "2027"),
        (" 28 ", "february", "2027"),
        ("28", "FEB\u200b", "2027"),
    ],
)
def test_a_day_is_read_from_three_parts(parts: tuple[str, str, str]) -> None:
    assert dates.day_of(*parts) == FEBRUARY_28


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        (("30", "2", "2027"), "The date must be a real date"),
        (("28", "Fev", "2027"), "The date must be a real date"),
        (("28", "13", "2027"), "The date must be a real date"),
        (("28", "2", "27"), "The year must include 4 numbers"),
        (("-1", "2", "2027"), "The date must be a real date"),
        (("1", "2", "2_027"), "The date must be a real date"),
        (("1", "1", "9" * 5000), "The date must be a real date"),
        (("1", "1", "1066"), "The year must be between 1900 and 2200"),
    ],
)
def test_what_is_no_day_is_refused_in_a_sentence(
    parts: tuple[str, str, str], sentence: str
) -> None:
    with pytest.raises(dates.NotADate, match=sentence):
        dates.day_of(*parts)


@pytest.mark.parametrize(
    "text",
    [
        "2027-02-28",
        "28/02/2027",
        "28 / Feb / 2027",
        "28 / 2 / 2027",
        "28. 2. 2027",
        "28 2 2027",
        "28\u201102\u20112027",
        "２８/２/２０２７",
        "2027/02/28",
        "2027-02-28\u200d",
        "28th February 2027",
        "February 28, 2027",
        "2027-02-28T00:00:00Z",
        "2027-02-27 23:30:00-05:00",
    ],
)
def test_a_day_is_read_from_a_text(text: str) -> None:
    assert dates.read_day(text) == FEBRUARY_28


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2015-02-30", "The date must be a real date"),
        ("28/02/27", "The year must include 4 numbers"),
        ("Feb 2027", "The date must include a day, a month and a year"),
        ("2027", "The date must include a day, a month and a year"),
        ("2011/12", "Enter a date, like 28 2 2015 or 28 February 2015"),
        ("0000", "The year must be between 1900 and 2200"),
        ("yesterday", "Enter a date, like 28 2 2015 or 28 February 2015"),
    ],
)
def test_a_text_that_is_no_day_is_refused_in_a_sentence(
    text: str, sentence: str
) -> None:
    with pytest.raises(dates.NotADate, match=sentence):
        dates.read_day(text)


@pytest.mark.parametrize(
    ("parts", "iso", "first_day", "last_day"),
    [
        (("", "", "2027"), "2027", date(2027, 1, 1), date(2027, 12, 31)),
        (("", "feb", "2027"), "2027-02", date(2027, 2, 1), FEBRUARY_28),
        (("28", "2", "2027"), "2027-02-28", FEBRUARY_28, FEBRUARY_28),
    ],
)
def test_the_day_and_the_month_can_be_left_out(
    parts: tuple[str, str, str], iso: str, first_day: date, last_day: date
) -> None:
    written = dates.read_parts(*parts)
    assert (written.iso, written.first_day) == (iso, first_day)
    assert written.last_day == last_day
    assert dates.read(iso) == written


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        (("3", "2", ""), "The date must include a year"),
        (("3", "", "2027"), "The date must include a month"),
        (("", "13", "2027"), "The date must be a real date"),
        (("", "", "27"), "The year must include 4 numbers"),
        (("", "", "1066"), "The year must be between 1900 and 2200"),
    ],
)
def test_parts_that_are_no_date_are_refused_in_a_sentence(
    parts: tuple[str, str, str], sentence: str
) -> None:
    with pytest.raises(dates.NotADate, match=sentence):
        dates.read_parts(*parts)


def test_a_sheet_may_shorten_the_year() -> None:
    result = dates.read("28-Feb-27", short_years=True)
    assert result == dates.WrittenDate(2027, 2, 28)


@given(
    st.dates(date(1900, 1, 1), date(2200, 12, 31)),
    st.sampled_from(
        ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %b %Y", "%d %B %Y", "%B %d, %Y"]
    ),
)
def test_every_day_is_read_as_it_was_written(day: date, form: str) -> None:
    assert dates.read_day(f"{day:{form}}") == day


@given(st.text(alphabet="0123456789/.-: ,februaystzFT\u200b"))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    with suppress(dates.NotADate):
        assert dates.FIRST_YEAR <= dates.read(text).last_day.year <= dates.LAST_YEAR
