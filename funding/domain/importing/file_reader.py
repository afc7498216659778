"""Reads a file into lines of cells. Nothing is written to disk."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from funding.domain.importing import csv_reader, workbook_sandbox
from funding.domain.importing.layout import Layout
from funding.domain.importing.tables import (
    MAX_BYTES,
    MAX_CHARACTERS,
    MAX_COLUMNS,
    MAX_ROWS,
    UNREADABLE,
    Cell,
    UnreadableFile,
)
from innovation.core.nulls import without_nulls

_COMPOUND_FILE = b"\xd0\xcf\x11\xe0"
"""How older Excel files begin, and workbooks with a password."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LOCKED = (
    "The workbook is locked with a password. Save it without the password and try "
    "again."
)


@dataclass(frozen=True, slots=True)
class Line:
    """`number` is the row number in a spreadsheet, from 1, including blank rows."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(slots=True)
class Table:
    """The lines that are not blank. A workbook has a layout; CSV has an encoding."""

    lines: list[Line]
    layout: Layout = field(default_factory=Layout)
    encoding: str = ""

    @property
    def is_western(self) -> bool:
        """Whether we took its letters for those of Windows, as it is not UTF-8."""
        return self.encoding == csv_reader.WESTERN


def read(content: bytes) -> Table:
    """Raise only `UnreadableFile`."""
    if not content:
        raise UnreadableFile("The file is empty.")
    if len(content) > MAX_BYTES:
        raise UnreadableFile(f"The file is larger than {MAX_BYTES // 1_000_000} MB.")
    if content.startswith(_COMPOUND_FILE):
        raise UnreadableFile(_LOCKED if _ENCRYPTED in content else UNREADABLE)
    if content[:2] == b"PK":
        rows, layout = workbook_sandbox.read(content)
        return Table(_lines(rows), layout)
    text, encoding = csv_reader.decode(content)
    return Table(_lines(csv_reader.rows(text)), encoding=encoding)


def _lines(rows: Iterable[Iterable[Cell]]) -> list[Line]:
    lines = [
        Line(number, cells)
        for number, cells in enumerate(_within_limits(rows), start=1)
        if any(cell != "" for cell in cells)
    ]
    if not lines:
        raise UnreadableFile("The file has no rows.")
    return lines


def _within_limits(rows: Iterable[Iterable[Cell]]) -> Iterator[tuple[Cell, ...]]:
    for number, row in enumerate(rows, start=1):
        if number > MAX_ROWS:
            raise UnreadableFile(f"The file has more than {MAX_ROWS:,} rows: split it.")
        cells = tuple(_clean_cell(cell) for cell in row)
        if len(cells) > MAX_COLUMNS and any(c != "" for c in cells[MAX_COLUMNS:]):
            raise UnreadableFile(f"Row {number} has more than {MAX_COLUMNS} columns.")
        if any(isinstance(c, str) and len(c) > MAX_CHARACTERS for c in cells):
            raise UnreadableFile(
                f"Row {number} has a cell of more than {MAX_CHARACTERS:,} characters."
            )
        yield cells[:MAX_COLUMNS]


def _clean_cell(cell: Cell) -> Cell:
    """Remove null characters, which the database cannot store."""
    if isinstance(cell, str):
        lines = without_nulls(cell).splitlines()
        return "\n".join(" ".join(line.split()) for line in lines).strip()
    return cell
