"""The headings that a sheet of past cases may have.

The sandbox finds the sheet with the cases by them, so this module must not need Django.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from funding.domain.importing import units
from funding.domain.importing.tables import Cell

_FEWEST_KNOWN = 2
"""A row with fewer known headings is not a row of headings."""
_ROWS_SEARCHED = 20


@dataclass(frozen=True, slots=True)
class Column:
    """`about` is its description on the template page and in docs/importing.md."""

    name: str
    about: str
    required: bool
    aliases: tuple[str, ...]


def _columns() -> Iterable[Column]:
    path = Path(__file__).parents[2] / "data" / "import_columns.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            aliases = (alias.strip() for alias in row["aliases"].split(";"))
            yield Column(
                row["name"],
                row["about"],
                row["required"] == "Y",
                tuple(alias for alias in aliases if alias),
            )


COLUMNS = tuple(_columns())


def normalise(heading: str) -> str:
    """`Lead_Organisation (name)` and `lead organisation` are the same heading."""
    text = re.sub(r"\(.*?\)", " ", re.sub("[’']", "", heading.casefold()))
    return " ".join(re.sub(r"[^\w£]+|_", " ", text).split())


_COLUMN_NAMES = {
    normalise(name): column.name
    for column in COLUMNS
    for name in (column.name, *column.aliases)
}


def as_text(cell: Cell) -> str:
    """A heading as it is seen; cut, as searching brackets in a long text is slow."""
    visible = (c for c in str(cell)[:200] if unicodedata.category(c) != "Cf")
    return " ".join("".join(visible).split())


def identify(heading: str) -> tuple[str | None, list[str]]:
    """The column's name, and the unit in the heading of an amount."""
    words = normalise(heading)
    bare, unit_words = units.split_unit(words)
    if _COLUMN_NAMES.get(bare) == "amount":
        return "amount", unit_words
    return _COLUMN_NAMES.get(words), []


def known(cells: Iterable[Cell]) -> set[str]:
    """The names of the columns that these cells are headings of."""
    texts = (as_text(cell) for cell in cells if isinstance(cell, str) and cell)
    return {name for name in (identify(text)[0] for text in texts) if name}


def find(rows: Sequence[Sequence[Cell]]) -> int | None:
    """The place of the row of headings among the first rows that are not blank."""
    filled = [place for place, cells in enumerate(rows) if any(c != "" for c in cells)]
    for place in filled[:_ROWS_SEARCHED]:
        if len(known(rows[place])) >= _FEWEST_KNOWN:
            return place
    return None
