"""What people write in a cell, read as dates, money and years.

Each reader raises `ValueError` with one sentence that says what to write.
"""

import re
from datetime import date, datetime, timedelta

from funding.domain.importing.tables import Cell
from funding.models.award import DatePrecision
from funding.models.decision import Precision
from innovation.core import clock
from innovation.core.money import Money

FIRST, LAST = 2010, 2100
_WRITE_DATE = "Write the date like 28/02/2015, 28 Feb 2015, Feb 2015 or 2015"
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august",
    "september", "october", "november", "december",
)  # fmt: skip
_DAY_FIRST = re.compile(
    r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})"
    r"(?:,? \d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[ap]m)?)?"
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2})(?:[T ][\d:.+Z]*)?)?")
_MONTH_YEAR = re.compile(r"(\d{1,2})/(\d{4})")
_WORDS = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)?[ \-]+(?:of )?)?([a-z]{3,9})\.?,?[ \-]+(\d{4}|\d{2})"
)
_ERROR = re.compile(r"#(?:N/A|GETTING_DATA|[A-Z][A-Z0-9/_]*[!?])")
_FORMULA = re.compile(r"=(?![=>])")
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_SERIALS = range(36_526, 73_415)
"""Excel counts days from 1900; these are the years 2000 to 2100."""
_AMOUNT = re.compile(
    r"(?P<before>[a-z~<>. ]*?)\s*(?:gbp)?\s*(?P<sum>£?\s*\d.*?)(?:\s*gbp)?"
    r"(?:[\s(,]+(?P<after>approx|approximately|estimated|exactly)\.?\)?)?"
)
_PENNIES = {"": 2, "k": 5, "m": 8, "bn": 11}
"""How many places behind the point of a number in this unit make a penny."""
MOST_IN_UNITS = Money.pounds(1_000_000_000)
"""More than this is pounds, written under a header of millions."""
_PRECISIONS = {
    "": Precision.EXACT, "exact": Precision.EXACT, "exactly": Precision.EXACT,
    "about": Precision.ABOUT, "around": Precision.ABOUT, "c": Precision.ABOUT,
    "ca": Precision.ABOUT, "circa": Precision.ABOUT, "approx": Precision.ABOUT,
    "approximately": Precision.ABOUT, "~": Precision.ABOUT,
    "more than": Precision.MORE_THAN, "over": Precision.MORE_THAN,
    ">": Precision.MORE_THAN, "up to": Precision.UP_TO, "<": Precision.UP_TO,
    "almost": Precision.ALMOST, "nearly": Precision.ALMOST,
    "estimated": Precision.ESTIMATED, "an estimated": Precision.ESTIMATED,
}  # fmt: skip


def given(cell: Cell) -> Cell:
    """The cell itself, where it is a value and no failed formula."""
    if isinstance(cell, str) and _ERROR.fullmatch(cell):
        raise ValueError(
            f"“{cell}” is an error of a formula: correct it in the spreadsheet, or "
            "write the value in its place"
        )
    if isinstance(cell, str) and _FORMULA.match(cell):
        raise ValueError(
            "This formula was saved without its result: open the file in a spreadsheet "
            "program and save it there, or write the value in its place"
        )
    return cell


def text(cell: Cell) -> str:
    """A number typed in a column of words is a word: 7.0 is “7”."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return str(cell)


def day(cell: Cell) -> tuple[date, str]:
    """A date and how exact it is. A month or a year counts from its last day."""
    found = _day(cell)
    if not FIRST <= found[0].year <= LAST:
        raise ValueError(f"Write a year from {FIRST} to {LAST}")
    return found


def _day(cell: Cell) -> tuple[date, str]:
    if isinstance(cell, datetime):
        return cell.date(), DatePrecision.DAY
    if isinstance(cell, date):
        return cell, DatePrecision.DAY
    written = text(cell).casefold().strip()
    try:
        return _written(written)
    except (ValueError, OverflowError):
        raise ValueError(_WRITE_DATE) from None


def _written(written: str) -> tuple[date, str]:
    if re.fullmatch(r"\d{4}", written):
        return date(int(written), 12, 31), DatePrecision.YEAR
    serial = re.fullmatch(r"(\d{5})(?:\.\d+)?", written)
    if serial and int(serial[1]) in _SERIALS:
        return date(1899, 12, 30) + timedelta(days=int(serial[1])), DatePrecision.DAY
    if found := _DAY_FIRST.fullmatch(written):
        day, month, year = found.groups()
        return date(_year(year), int(month), int(day)), DatePrecision.DAY
    if found := _ISO.fullmatch(written):
        year, month, day = found.groups()
        if day is None:
            return _month(int(year), int(month))
        return date(int(year), int(month), int(day)), DatePrecision.DAY
    if found := _MONTH_YEAR.fullmatch(written):
        return _month(int(found[2]), int(found[1]))
    if found := _WORDS.fullmatch(written):
        day, name, year = found.groups()
        month = _named_month(name)
        if day is None:
            return _month(_year(year), month)
        return date(_year(year), month, int(day)), DatePrecision.DAY
    if found := _MONTH_FIRST.fullmatch(written):
        name, day, year = found.groups()
        return date(int(year), _named_month(name), int(day)), DatePrecision.DAY
    raise ValueError(_WRITE_DATE)


def _month(year: int, month: int) -> tuple[date, str]:
    date(year, month, 1)
    return clock.last_day_of_month(year, month), DatePrecision.MONTH


def _year(written: str) -> int:
    return int(written) + (2000 if len(written) == 2 else 0)


def _named_month(name: str) -> int:
    short = "sep" if name == "sept" else name
    for number, month in enumerate(_MONTHS, start=1):
        if month == short or month[:3] == short:
            return number
    raise ValueError(_WRITE_DATE)


def amount(cell: Cell, *, unit: str = "") -> tuple[Money, str]:
    """A sum above nothing, and how exact: `up to £1m` says both. `unit` is that of the
    column, for a cell without one of its own.
    """
    if isinstance(cell, bool | date):
        raise ValueError("Write an amount like £1,234.50 or 4.8m")
    if isinstance(cell, int | float):
        # A sum as Excel holds it, which is not always to the penny.
        return _sum(f"{cell:.{_PENNIES[unit]}f}", unit), Precision.EXACT
    written = cell.casefold().strip()
    # The pattern is slow to give up on a long text.
    found = _AMOUNT.fullmatch(written) if len(written) <= 100 else None
    words = found.group("before", "after") if found else ("?",)
    word = " ".join(word.strip(" .") for word in words if word)
    if found is None or word not in _PRECISIONS:
        raise ValueError("Write an amount like £1,234.50, 4.8m or up to £1m")
    return _sum(found["sum"], unit), _PRECISIONS[word]


def _sum(written: str, unit: str) -> Money:
    if not written[-1].isdigit():
        unit = ""
    money = _positive(Money.parse(written + unit))
    if unit and money > MOST_IN_UNITS:
        raise ValueError(
            f"Write the amount in £{unit} as the header says, or with a unit of its "
            "own like £4.8m"
        )
    return money


def _positive(money: Money) -> Money:
    if money <= Money(0):
        raise ValueError("Write an amount above £0, or leave it empty")
    return money


def precision(cell: Cell) -> str:
    written = text(cell).casefold().strip(" .")
    if written not in _PRECISIONS or not written:
        raise ValueError("Write exact, about, more than, up to, almost or estimated")
    return _PRECISIONS[written]


def financial_year(cell: Cell) -> int:
    """The year in which it begins: `2014-15`, `2014/15`, `2014 to 2015`, `2014`."""
    found = re.fullmatch(
        r"(\d{4})(?:\s*(?:-|/|–|to)\s*(\d{4}|\d{2}))?", text(cell).casefold()
    )
    if found is None or not FIRST <= int(found[1]) < LAST:
        raise ValueError("Write the financial year like 2014-15")
    first = int(found[1])
    if found[2] and int(found[2]) not in (first + 1, (first + 1) % 100):
        raise ValueError("Write a financial year of two years that follow each other")
    return first
