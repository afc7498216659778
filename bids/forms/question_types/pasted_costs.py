"""Reads costs that were copied in a spreadsheet, for the cells of the grid.

`static/js/grid.js` reads them in the same way, where scripts run. What is no amount
stays as it is, so that the grid names its cell.
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from innovation.core import clock
from innovation.core.lines import plain_value
from innovation.core.money import Money, NotMoney

_NOTHING = {"", "-", "–", "—", "−"}
"""An accountant’s zero is a dash."""
_YEAR = re.compile(
    r"\b(20[0-9]{2})(?:\s*(?:[-–—/]|to)\s*(?:[a-z]+\s*)?(?:20)?[0-9]{2})?\b"
)
_TOTAL = re.compile(r"(?:grand |sub-?)?totals?\b", re.IGNORECASE)
_HEADINGS = {
    "category": "category",
    "type": "category",
    "type of cost": "category",
    "organisation": "partner",
    "partner": "partner",
}
NOTHING_FOUND = (
    "We found no amounts in what you pasted. Copy the cells in your spreadsheet, with "
    "a cost in each row and a financial year in each column"
)


class NotCosts(ValueError):
    """The message says what to copy instead."""


@dataclass(slots=True)
class PastedCost:
    description: str = ""
    category: str = ""
    partner: str = ""
    amounts: dict[int, str] = field(default_factory=dict)
    """The texts by financial year."""


def plain_amount(text: str) -> str:
    """An amount as the form reads it: brackets are negative, a dash is nothing."""
    plain = plain_value(text)
    if plain in _NOTHING:
        return ""
    if plain.startswith("(") and plain.endswith(")"):
        plain = f"-{plain[1:-1].strip()}"
    number = plain.removeprefix("-").lstrip(" £").rstrip()
    return f"-{number}" if plain.startswith("-") else number or plain


@dataclass(frozen=True, slots=True)
class PastedCosts:
    costs: Sequence[PastedCost]
    left_out: int
    """Rows that are no costs: headings, totals, and what has no amount."""


def read(
    text: str,
    years: Sequence[int],
    categories: Mapping[str, str],
    partners: Mapping[str, str],
) -> PastedCosts:
    """The costs in the rows. `categories` and `partners` are values by name. Raise
    `NotCosts` if it is not clear which columns are which.
    """
    table = _table(text)
    columns = _headed_columns(table[0], years) if table else None
    rows = [row for row in table if not _is_total(row)]
    if columns is not None or (rows and not any(map(_pence, rows[0]))):
        rows = rows[1:]
    if columns is None:
        examples = [row for row in rows if any(map(_pence, row))]
        if not examples:
            raise NotCosts(NOTHING_FOUND)
        columns = _guessed_columns(examples, years, categories, partners)
    costs = [
        cost
        for row in rows
        for cost in [_cost(row, columns, categories, partners)]
        if any(cost.amounts.values())
    ]
    if not costs:
        raise NotCosts(NOTHING_FOUND)
    return PastedCosts(costs, left_out=len(table) - len(costs))


def _table(text: str) -> list[list[str]]:
    rows = csv.reader(io.StringIO(text, newline=""), dialect="excel-tab")
    table = [[" ".join(cell.split()) for cell in row] for row in rows]
    width = max(map(len, table), default=0)
    return [row + [""] * (width - len(row)) for row in table if any(row)]


def _headed_columns(row: Sequence[str], years: Sequence[int]) -> list[str | int] | None:
    """What each column is, if this row names the financial years."""
    columns = [_headed_column(cell) for cell in row]
    named = [column for column in columns if isinstance(column, int)]
    if not named or any(_pence(cell) for cell in row if not _year_of(cell)):
        return None
    if unknown := [year for year in named if year not in years]:
        raise NotCosts(
            f"{clock.financial_year_name(unknown[0])} is not a financial year of this "
            f"bid: they are {_year_names(years)}"
        )
    if len(set(named)) < len(named):
        raise NotCosts("Two columns are headed with the same financial year")
    return columns


def _headed_column(cell: str) -> str | int:
    name = cell.lower()
    if _TOTAL.match(name):
        return "total"
    return _year_of(cell) or _HEADINGS.get(name, "description")


def _year_of(cell: str) -> int | None:
    """The year in which the financial year of a heading begins."""
    match = _YEAR.search(cell.lower())
    return int(match[1]) if match and len(cell) < 40 else None


def _guessed_columns(
    rows: Sequence[Sequence[str]],
    years: Sequence[int],
    categories: Mapping[str, str],
    partners: Mapping[str, str],
) -> list[str | int]:
    """What each column is, by what is in it: the amounts are of the first years."""
    cells = [
        [row[place] for row in rows] for place in range(len(rows[0]) if rows else 0)
    ]
    amounts = [place for place, column in enumerate(cells) if _has_amounts(column)]
    if len(amounts) == len(years) + 1 and _adds_up(rows, amounts):
        total = {amounts.pop()}
    else:
        total = set()
    if len(amounts) > len(years):
        raise NotCosts(
            f"There are {len(amounts)} columns of amounts, but {len(years)} financial "
            f"years: {_year_names(years)}. Copy the row with the years too, or fewer "
            "columns"
        )
    columns: list[str | int] = []
    for place, column in enumerate(cells):
        if place in amounts:
            columns.append(years[amounts.index(place)])
        elif place in total:
            columns.append("total")
        else:
            columns.append(_kind_of_text(column, categories, partners))
    return columns


def _has_amounts(column: Sequence[str]) -> bool:
    """Whether most cells are amounts, though one may be mistyped."""
    filled = [cell for cell in column if cell]
    amounts = [cell for cell in filled if _pence(cell) is not None]
    return 2 * len(amounts) > len(filled)


def _kind_of_text(
    column: Sequence[str], categories: Mapping[str, str], partners: Mapping[str, str]
) -> str:
    filled = [cell for cell in column if cell]
    for kind, values in (("category", categories), ("partner", partners)):
        if filled and all(_value(cell, values) is not None for cell in filled):
            return kind
    return "description"


def _adds_up(rows: Sequence[Sequence[str]], places: Sequence[int]) -> bool:
    """Whether the last of these columns is the total of the others."""
    for row in rows:
        *parts, total = (_pence(row[place]) or 0 for place in places)
        if sum(parts) != total:
            return False
    return True


def _is_total(row: Sequence[str]) -> bool:
    first = next((cell for cell in row if cell), "")
    return bool(_TOTAL.match(first))


def _cost(
    row: Sequence[str],
    columns: Sequence[str | int],
    categories: Mapping[str, str],
    partners: Mapping[str, str],
) -> PastedCost:
    cost, words = PastedCost(), []
    for cell, column in zip(row, columns, strict=True):
        if isinstance(column, int):
            cost.amounts[column] = plain_amount(cell)
        elif column == "description" and cell:
            words.append(cell)
        elif column in ("category", "partner"):
            values = categories if column == "category" else partners
            value = _value(cell, values)
            setattr(cost, column, value or "")
            words += [cell] if value is None and cell else []
    cost.description = ", ".join(words)
    return cost


def _value(cell: str, values: Mapping[str, str]) -> str | None:
    return next(
        (value for name, value in values.items() if name.lower() == cell.lower()), None
    )


def _pence(cell: str) -> int | None:
    """The amount in pence: 0 for an empty cell, `None` if it is not an amount."""
    try:
        return Money.parse(plain_amount(cell) or "0").pence
    except NotMoney:
        return None


def _year_names(years: Sequence[int]) -> str:
    return ", ".join(map(clock.financial_year_name, years))
