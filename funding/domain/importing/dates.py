"""Reads dates and financial years as people write them.

Each reader raises `ValueError` with a message that says what to enter.
"""

import re
from datetime import date, datetime, timedelta

from funding.domain.importing.tables import Cell
from funding.domain.importing.values import text
from funding.models.award import DatePrecision
from innovation.core import clock

FIRST_YEAR, LAST_YEAR = 2010, 2100
_DATE_PROBLEM = "Write the date like 28/02/2015, 28 Feb 2015, Feb 2015 or 2015"
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august",
    "september", "october", "november", "december",
)  # fmt: skip
_DAY_FIRST = re.compile(
    r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})"
    r"(?:,? \d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[ap]m)?)?"
)
_TIME = r"[t ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?"
_ISO = re.compile(rf"(\d{{4}})-(\d{{1,2}})(?:-(\d{{1,2}})(?:{_TIME})?)?")
_MOMENT = re.compile(rf"\d{{4}}-\d{{2}}-\d{{2}}{_TIME}(?:z|[+\-]\d{{2}}:?\d{{2}})")
"""A day with a time and its zone, which can be another day in London."""
_MONTH_YEAR = re.compile(r"(\d{1,2})/(\d{4})")
_WORDS = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)?[ \-]+(?:of )?)?([a-z]{3,9})\.?,?[ \-]+(\d{4}|\d{2})"
)
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_SERIALS = range(36_526, 73_415)
"""Dates from 2000 to 2100 as numbers of Excel, which counts days from 1900."""


def day(cell: Cell) -> tuple[date, str]:
    """A date and its precision. A month or a year stands for its last day."""
    cell_date = _cell_date(cell)
    if not FIRST_YEAR <= cell_date[0].year <= LAST_YEAR:
        raise ValueError(f"Write a year from {FIRST_YEAR} to {LAST_YEAR}")
    return cell_date


def _cell_date(cell: Cell) -> tuple[date, str]:
    if isinstance(cell, datetime):
        return cell.date(), DatePrecision.DAY
    if isinstance(cell, date):
        return cell, DatePrecision.DAY
    date_text = text(cell).casefold().strip()
    try:
        if _MOMENT.fullmatch(date_text):
            moment = datetime.fromisoformat(date_text.upper())
            return clock.london_day(moment), DatePrecision.DAY
        return _parse_date(date_text)
    except (ValueError, OverflowError):
        raise ValueError(_DATE_PROBLEM) from None


def _parse_date(date_text: str) -> tuple[date, str]:
    if re.fullmatch(r"\d{4}", date_text):
        return date(int(date_text), 12, 31), DatePrecision.YEAR
    serial = re.fullmatch(r"(\d{5})(?:\.\d+)?", date_text)
    if serial and int(serial[1]) in _SERIALS:
        return date(1899, 12, 30) + timedelta(days=int(serial[1])), DatePrecision.DAY
    if match := _DAY_FIRST.fullmatch(date_text):
        day, month, year = match.groups()
        return date(_four_digit_year(year), int(month), int(day)), DatePrecision.DAY
    if match := _ISO.fullmatch(date_text):
        year, month, day = match.groups()
        if day is None:
            return _last_of_month(int(year), int(month))
        return date(int(year), int(month), int(day)), DatePrecision.DAY
    if match := _MONTH_YEAR.fullmatch(date_text):
        return _last_of_month(int(match[2]), int(match[1]))
    if match := _WORDS.fullmatch(date_text):
        day, name, year = match.groups()
        month = _month_number(name)
        if day is None:
            return _last_of_month(_four_digit_year(year), month)
        return date(_four_digit_year(year), month, int(day)), DatePrecision.DAY
    if match := _MONTH_FIRST.fullmatch(date_text):
        name, day, year = match.groups()
        return date(int(year), _month_number(name), int(day)), DatePrecision.DAY
    raise ValueError(_DATE_PROBLEM)


def _last_of_month(year: int, month: int) -> tuple[date, str]:
    date(year, month, 1)
    return clock.last_day_of_month(year, month), DatePrecision.MONTH


def _four_digit_year(year_text: str) -> int:
    return int(year_text) + (2000 if len(year_text) == 2 else 0)


def _month_number(name: str) -> int:
    short = "sep" if name == "sept" else name
    for number, month in enumerate(_MONTHS, start=1):
        if month == short or month[:3] == short:
            return number
    raise ValueError(_DATE_PROBLEM)


def financial_year(cell: Cell) -> int:
    """The year in which it starts: `2014-15`, `2014/15`, `2014 to 2015`, `2014`."""
    match = re.fullmatch(
        r"(\d{4})(?:\s*(?:-|/|–|to)\s*(\d{4}|\d{2}))?", text(cell).casefold()
    )
    if match is None or not FIRST_YEAR <= int(match[1]) < LAST_YEAR:
        raise ValueError("Write the financial year like 2014-15")
    first = int(match[1])
    if match[2] and int(match[2]) not in (first + 1, (first + 1) % 100):
        raise ValueError("Write a financial year of two years that follow each other")
    return first
