"""Reads sums of money as people write them, with their precision.

Each reader raises `ValueError` with a message that says what to enter.
"""

import re
from datetime import date

from funding.domain.importing.tables import Cell
from funding.domain.importing.values import text
from funding.models.ledger import Precision
from innovation.core.money import Money

_AMOUNT = re.compile(
    r"(?P<before>[a-z~<>. ]*?)\s*(?:gbp)?\s*(?P<sum>£?\s*\d.*?)(?:\s*gbp)?"
    r"(?:[\s(,]+(?P<after>approx|approximately|estimated|exactly)\.?\)?)?"
)
_NEGATIVE = re.compile(r"(?:[-−–]\s?£?|£\s?[-−–]|\(\s?£?)\s?\d")
"""`-5`, `£-5`, or `(5)` as accountants write it."""
_NOT_ABOVE_ZERO = "Write an amount above £0, or leave it empty"
_PENNIES = {"": 2, "k": 5, "m": 8, "bn": 11}
"""The decimal places down to a penny of a number in this unit."""
MAX_IN_UNITS = Money.pounds(1_000_000_000)
"""A larger sum must be in pounds, although the header says millions."""
_PRECISIONS = {
    "": Precision.NOT_STATED, "not stated": Precision.NOT_STATED,
    "exact": Precision.EXACT, "exactly": Precision.EXACT,
    "about": Precision.ABOUT, "around": Precision.ABOUT, "c": Precision.ABOUT,
    "ca": Precision.ABOUT, "circa": Precision.ABOUT, "approx": Precision.ABOUT,
    "approximately": Precision.ABOUT, "~": Precision.ABOUT,
    "more than": Precision.MORE_THAN, "over": Precision.MORE_THAN,
    ">": Precision.MORE_THAN, "up to": Precision.UP_TO, "<": Precision.UP_TO,
    "almost": Precision.ALMOST, "nearly": Precision.ALMOST,
    "estimated": Precision.ESTIMATED, "an estimated": Precision.ESTIMATED,
}  # fmt: skip

_POUNDS = {
    "gbp", "£", "pound", "pounds", "sterling", "pound sterling", "pounds sterling",
    "gbp £", "british pound", "uk pounds",
}  # fmt: skip


def amount(cell: Cell, *, unit: str = "") -> tuple[Money, str]:
    """A sum above zero and its precision: `up to £1m` has both. Without words about it
    the precision is not stated. `unit` is that of the column, if a cell has none.
    """
    if isinstance(cell, bool | date):
        raise ValueError("Write an amount like £1,234.50 or 4.8m")
    if isinstance(cell, int | float):
        # Excel stores sums as floats, which are not always exact to the penny.
        return (
            _parse_sum(f"{cell:.{_PENNIES[unit]}f}", unit),
            Precision.NOT_STATED,
        )
    amount_text = cell.casefold().strip()
    if _NEGATIVE.match(amount_text):
        raise ValueError(_NOT_ABOVE_ZERO)
    # The pattern is slow on long texts.
    match = _AMOUNT.fullmatch(amount_text) if len(amount_text) <= 100 else None
    words = match.group("before", "after") if match else ("?",)
    word = " ".join(word.strip(" .") for word in words if word)
    if match is None or word not in _PRECISIONS:
        raise ValueError("Write an amount like £1,234.50, 4.8m or up to £1m")
    return _parse_sum(match["sum"], unit), _PRECISIONS[word]


def _parse_sum(amount_text: str, unit: str) -> Money:
    if not amount_text[-1].isdigit():
        unit = ""
    money = _require_positive(Money.parse(amount_text + unit))
    if unit and money > MAX_IN_UNITS:
        raise ValueError(
            f"Write the amount in £{unit} as the header says, or with a unit of its "
            "own like £4.8m"
        )
    return money


def _require_positive(money: Money) -> Money:
    if money <= Money(0):
        raise ValueError(_NOT_ABOVE_ZERO)
    return money


def precision(cell: Cell) -> str:
    precision_text = text(cell).casefold().strip(" .")
    if precision_text not in _PRECISIONS or not precision_text:
        raise ValueError(
            "Write exact, about, more than, up to, almost, estimated or not stated"
        )
    return _PRECISIONS[precision_text]


def require_pounds(currency: str) -> None:
    """Raise `ValueError` for another currency than pounds sterling."""
    if currency.casefold().strip(" .") not in _POUNDS:
        raise ValueError(
            f"The amount is in “{currency}”: write it in pounds, and GBP here"
        )
