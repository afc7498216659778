"""Reads dates and financial years as people write them.

Each reader raises `ValueError` with a message that says what to enter.
"""

import re
from datetime import date, datetime, timedelta

from funding.domain.importing.tables import Cell
from funding.domain.importing.values import text
from funding.models.award import DatePrecision
from innovation.core import dates

FIRST_YEAR, LAST_YEAR = 2010, 2100
_DATE_PROBLEM = "Write the date like 28/02/2015, 28 Feb 2015, Feb 2015 or 2015"
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
    date_text = text(cell).strip()
    serial = re.fullmatch(r"(\d{5})(?:\.\d+)?", date_text)
    if serial and int(serial[1]) in _SERIALS:
        return date(1899, 12, 30) + timedelta(days=int(serial[1])), DatePrecision.DAY
    try:
        # Spreadsheets shorten years by themselves.
        written = dates.read(date_text, short_years=True)
    except dates.NotADate:
        raise ValueError(_DATE_PROBLEM) from None
    return written.last_day, _precision(written)


def _precision(written: dates.WrittenDate) -> str:
    if written.day is not None:
        return DatePrecision.DAY
    return DatePrecision.MONTH if written.month is not None else DatePrecision.YEAR


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
