"""Reads dates as people write them: in forms, in the addresses of lists and in sheets.

Days come before months. A month is a number or a name.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime

from innovation.core import clock
from innovation.core.folding import fold
from innovation.core.lines import plain_value

FIRST_YEAR, LAST_YEAR = 1900, 2200
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august",
    "september", "october", "november", "december",
)  # fmt: skip
_YEAR = re.compile(r"[0-9]{4}")
_DAY_FIRST = re.compile(
    r"([0-9]{1,2}) ?[/.\- ] ?([0-9]{1,2}) ?[/.\- ] ?([0-9]{4}|[0-9]{2})"
    r"(?:,? [0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?(?: ?[ap]m)?)?"
)
_TIME = r"[t ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?"
_ISO = re.compile(rf"([0-9]{{4}})-([0-9]{{1,2}})(?:-([0-9]{{1,2}})(?:{_TIME})?)?")
_YEAR_FIRST = re.compile(r"([0-9]{4})[/.]([0-9]{1,2})[/.]([0-9]{1,2})")
"""With its day: 2011/12 may be a financial year."""
_MOMENT = re.compile(
    rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}{_TIME}(?:z|[+-][0-9]{{2}}:?[0-9]{{2}})"
)
"""A time with its zone, at which it can be another day in London."""
_HYPHENS = str.maketrans("\u2010\u2011", "--")
_MONTH_YEAR = re.compile(r"([0-9]{1,2})/([0-9]{4})")
_WORDS = re.compile(
    r"(?:([0-9]{1,2})(?:st|nd|rd|th)?[/.\- ]+(?:of )?)?"
    r"([a-z]{3,9})\.?,?[/\- ]+([0-9]{4}|[0-9]{2})"
)
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})")
_SHORT_YEAR = "The year must include 4 numbers"
_NOT_REAL = "The date must be a real date"


class NotADate(ValueError):
    """The message says what is wrong with the date."""


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A year, a month of a year, or a day."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def iso(self) -> str:
        """`2014`, `2014-10` or `2014-10-03`."""
        parts = [f"{part:02}" for part in (self.month, self.day) if part]
        return "-".join([f"{self.year}", *parts])

    @property
    def first_day(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        month = self.month or 12
        if self.day:
            return date(self.year, month, self.day)
        return clock.last_day_of_month(self.year, month)


def read(text: str, *, short_years: bool = False) -> WrittenDate:
    """The date in the text; with `short_years`, 15 is 2015. Raise `NotADate`."""
    text = plain_value(text).translate(_HYPHENS).casefold()
    if _MOMENT.fullmatch(text):
        return _day_of_moment(text)
    year, month, day = _split(text)
    if len(year) == 2 and short_years:
        year = f"20{year}"
    if not month:
        return WrittenDate(_require_year(int(year)))
    first_day = day_of(day or "1", month, year)
    return WrittenDate(first_day.year, first_day.month, first_day.day if day else None)


def read_day(text: str) -> date:
    """The day in the text. Raise `NotADate`, also for a month or a year alone."""
    read_date = read(text)
    if read_date.day is None:
        raise NotADate("The date must include a day, a month and a year")
    return read_date.last_day


def day_of(day: str, month: str, year: str) -> date:
    """The date of these three parts. Raise `NotADate`."""
    day, month, year = (" ".join(part.split()) for part in (day, month, year))
    # `int` also reads signs, underscores and very long numbers.
    if re.fullmatch(r"[0-9]{1,3}", year):
        raise NotADate(_SHORT_YEAR)
    if not re.fullmatch(r"[0-9]{1,2}", day) or not _YEAR.fullmatch(year):
        raise NotADate(_NOT_REAL)
    try:
        read_date = date(int(year), _month_number(month), int(day))
    except ValueError:
        raise NotADate(_NOT_REAL) from None
    _require_year(read_date.year)
    return read_date


def read_parts(day: str, month: str, year: str) -> WrittenDate:
    """The date of these three parts, of which the day, or the day and the month, can be
    empty. Raise `NotADate`.
    """
    if not year:
        raise NotADate("The date must include a year")
    if day and not month:
        raise NotADate("The date must include a month")
    first_day = day_of(day or "1", month or "1", year)
    return WrittenDate(
        first_day.year,
        first_day.month if month else None,
        first_day.day if day else None,
    )


def _require_year(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotADate(f"The year must be between {FIRST_YEAR} and {LAST_YEAR}")
    return year


def _day_of_moment(text: str) -> WrittenDate:
    try:
        day = clock.london_day(datetime.fromisoformat(text.upper()))
    except (ValueError, OverflowError):
        raise NotADate(_NOT_REAL) from None
    return WrittenDate(_require_year(day.year), day.month, day.day)


def _split(text: str) -> tuple[str, str, str]:
    """Year, month and day; month and day are empty where there is none."""
    if _YEAR.fullmatch(text):
        return text, "", ""
    if match := _ISO.fullmatch(text) or _YEAR_FIRST.fullmatch(text):
        return match[1], match[2], match[3] or ""
    if match := _DAY_FIRST.fullmatch(text):
        return match[3], match[2], match[1]
    if match := _MONTH_YEAR.fullmatch(text):
        return match[2], match[1], ""
    if match := _WORDS.fullmatch(text):
        return match[3], match[2], match[1] or ""
    if match := _MONTH_FIRST.fullmatch(text):
        return match[3], match[1], match[2]
    raise NotADate("Enter a date, like 28 2 2015 or 28 February 2015")


def _month_number(text: str) -> int:
    """Raise `ValueError` if there is no such month."""
    if re.fullmatch(r"[0-9]{1,2}", text):
        return int(text)
    name = fold(text)
    short = "sep" if name == "sept" else name
    for number, month in enumerate(_MONTHS, start=1):
        if short in {month, month[:3]}:
            return number
    raise ValueError(text)
