"""The columns of a sheet of past cases, by their headings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from funding.domain.importing import headings, units
from funding.domain.importing.file_reader import Line
from funding.domain.importing.headings import COLUMNS
from funding.domain.importing.tables import Cell, column_letters
from innovation.core.lines import single_line


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
            name: single_line(cell)
            if isinstance(cell, str) and name != "notes"
            else cell
            for name, cell in cells.items()
        }


def read(line: Line) -> Headers:
    headers = Headers()
    for place, cell in _header_cells(line):
        name, unit_words = headings.identify(cell)
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


def _read_unit(headers: Headers, header: str, unit_words: list[str]) -> None:
    try:
        headers.unit = units.read(header, unit_words)
    except ValueError as problem:
        headers.problems.append((headers.describe("amount"), str(problem)))


def _header_cells(line: Line) -> Iterator[tuple[int, str]]:
    for place, cell in enumerate(line.cells):
        if cell != "":
            yield place, headings.as_text(cell)
