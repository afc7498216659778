"""The columns of a sheet of past cases, under all the names they go by."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from funding.domain.importing import units
from funding.domain.importing.reading import Line
from funding.domain.importing.tables import Cell, letters
from innovation.organisations.domain.data_files import listed, rows


@dataclass(frozen=True, slots=True)
class Column:
    """`about` is what the template page and docs/importing.md say of it."""

    name: str
    about: str
    required: bool
    also: tuple[str, ...]


COLUMNS = tuple(
    Column(
        row["name"], row["about"], row["required"] == "Y", tuple(listed(row["also"]))
    )
    for row in rows(Path(__file__).parents[2] / "data" / "import_columns.csv")
)


def plain(header: str) -> str:
    """`Lead_Organisation (name)` and `lead organisation` are the same header."""
    text = re.sub(r"\(.*?\)", " ", re.sub("[’']", "", header.casefold()))
    return " ".join(re.sub(r"[^\w£]+|_", " ", text).split())


_KNOWN = {
    plain(name): column.name
    for column in COLUMNS
    for name in (column.name, *column.also)
}


@dataclass(slots=True)
class Headers:
    """Which column of the sheet holds what, and which hold nothing we know. `unit` is
    that of amounts; `wrong` holds headers with a sentence about each.
    """

    places: dict[str, int] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    unit: str = ""
    wrong: list[tuple[str, str]] = field(default_factory=list)

    @property
    def missing(self) -> list[str]:
        return [c.name for c in COLUMNS if c.required and c.name not in self.places]

    def where(self, name: str) -> str:
        """The column as its reader sees it: `Award date (column F)`."""
        if name not in self.places:
            return name
        return f"{self.written[name]} (column {letters(self.places[name])})"

    def cells(self, line: Line) -> Mapping[str, Cell]:
        """Only notes keep their line breaks."""
        found = {
            name: line.cells[place]
            for name, place in self.places.items()
            if place < len(line.cells)
        }
        return {
            name: " ".join(cell.split())
            if isinstance(cell, str) and name != "notes"
            else cell
            for name, cell in found.items()
        }


def read(line: Line) -> Headers:
    headers = Headers()
    for place, cell in _named(line):
        name, said = _known(cell)
        shown = f"{cell} (column {letters(place)})"
        if name is None:
            headers.unknown.append(shown)
        elif name in headers.places:
            headers.doubled.append(shown)
        else:
            headers.places[name] = place
            headers.written[name] = cell
            if name == "amount":
                _read_unit(headers, cell, said)
    return headers


def _known(header: str) -> tuple[str | None, list[str]]:
    """The column's name, and what an amount's header says of its unit."""
    words = plain(header)
    bare, said = units.peeled(words)
    if _KNOWN.get(bare) == "amount":
        return "amount", said
    return _KNOWN.get(words), []


def _read_unit(headers: Headers, header: str, said: list[str]) -> None:
    try:
        headers.unit = units.read(header, said)
    except ValueError as problem:
        headers.wrong.append((headers.where("amount"), str(problem)))


def _named(line: Line) -> Iterator[tuple[int, str]]:
    """Cut, because looking for brackets in a long text is slow."""
    for place, cell in enumerate(line.cells):
        if cell != "":
            yield place, " ".join(str(cell)[:200].split())
