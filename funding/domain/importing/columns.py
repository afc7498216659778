"""The columns of a sheet of past cases, with all their names."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from funding.domain.importing import units
from funding.domain.importing.file_reader import Line
from funding.domain.importing.tables import Cell, column_letters
from innovation.organisations.domain.data_files import read_rows, split_cell


@dataclass(frozen=True, slots=True)
class Column:
    """`about` is its description on the template page and in docs/importing.md."""

    name: str
    about: str
    required: bool
    aliases: tuple[str, ...]


COLUMNS = tuple(
    Column(
        row["name"],
        row["about"],
        row["required"] == "Y",
        tuple(split_cell(row["aliases"])),
    )
    for row in read_rows(Path(__file__).parents[2] / "data" / "import_columns.csv")
)


def normalise_header(header: str) -> str:
    """`Lead_Organisation (name)` and `lead organisation` are the same header."""
    text = re.sub(r"\(.*?\)", " ", re.sub("[’']", "", header.casefold()))
    return " ".join(re.sub(r"[^\w£]+|_", " ", text).split())


_COLUMN_NAMES = {
    normalise_header(name): column.name
    for column in COLUMNS
    for name in (column.name, *column.aliases)
}


@dataclass(slots=True)
class Headers:
    """The columns of a sheet by name, and the unknown ones. `unit` is that of amounts;
    `problems` are headers with a message about each.
    """

    positions: dict[str, int] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    duplicates: list[str] = field(default_factory=list)
    unit: str = ""
    problems: list[tuple[str, str]] = field(default_factory=list)

    @property
    def missing(self) -> list[str]:
        return [c.name for c in COLUMNS if c.required and c.name not in self.positions]

    def describe(self, name: str) -> str:
        """The column as the user sees it: `Award date (column F)`."""
        if name not in self.positions:
            return name
        return f"{self.labels[name]} (column {column_letters(self.positions[name])})"

    def cells(self, line: Line) -> Mapping[str, Cell]:
        """The cells by column name; only notes keep their line breaks."""
        cells = {
            name: line.cells[place]
            for name, place in self.positions.items()
            if place < len(line.cells)
        }
        return {
            name: " ".join(cell.split())
            if isinstance(cell, str) and name != "notes"
            else cell
            for name, cell in cells.items()
        }


def read(line: Line) -> Headers:
    headers = Headers()
    for place, cell in _header_cells(line):
        name, unit_words = _identify(cell)
        label = f"{cell} (column {column_letters(place)})"
        if name is None:
            headers.unknown.append(label)
        elif name in headers.positions:
            headers.duplicates.append(label)
        else:
            headers.positions[name] = place
            headers.labels[name] = cell
            if name == "amount":
                _read_unit(headers, cell, unit_words)
    return headers


def _identify(header: str) -> tuple[str | None, list[str]]:
    """The column's name, and the unit in the header of an amount."""
    words = normalise_header(header)
    bare, unit_words = units.split_unit(words)
    if _COLUMN_NAMES.get(bare) == "amount":
        return "amount", unit_words
    return _COLUMN_NAMES.get(words), []


def _read_unit(headers: Headers, header: str, unit_words: list[str]) -> None:
    try:
        headers.unit = units.read(header, unit_words)
    except ValueError as problem:
        headers.problems.append((headers.describe("amount"), str(problem)))


def _header_cells(line: Line) -> Iterator[tuple[int, str]]:
    """The header cells, cut because searching brackets in a long text is slow."""
    for place, cell in enumerate(line.cells):
        if cell != "":
            yield place, " ".join(str(cell)[:200].split())
