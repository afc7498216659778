"""Reads a file into lines of cells. Nothing is written to disk."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from funding.domain.importing import csv_reader, workbook_sandbox
from funding.domain.importing.tables import (
    MOST_BYTES,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    UnreadableFile,
)
from innovation.core.nulls import without_nulls


@dataclass(frozen=True, slots=True)
class Line:
    """`number` is the row number in a spreadsheet, from 1, including blank rows."""

    number: int
    cells: tuple[Cell, ...]


def read(content: bytes) -> list[Line]:
    """All lines that are not blank. Raise only `UnreadableFile`."""
    if not content:
        raise UnreadableFile("The file is empty.")
    if len(content) > MOST_BYTES:
        raise UnreadableFile(f"The file is larger than {MOST_BYTES // 1_000_000} MB.")
    reader = workbook_sandbox if content[:2] == b"PK" else csv_reader
    lines = [
        Line(number, cells)
        for number, cells in enumerate(_within_limits(reader.rows(content)), start=1)
        if any(cell != "" for cell in cells)
    ]
    if not lines:
        raise UnreadableFile("The file has no rows.")
    return lines


def _within_limits(rows: Iterable[Iterable[Cell]]) -> Iterator[tuple[Cell, ...]]:
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise UnreadableFile(
                f"The file has more than {MOST_ROWS:,} rows: split it."
            )
        cells = tuple(_clean_cell(cell) for cell in row)
        if len(cells) > MOST_COLUMNS and any(c != "" for c in cells[MOST_COLUMNS:]):
            raise UnreadableFile(f"Row {number} has more than {MOST_COLUMNS} columns.")
        if any(isinstance(c, str) and len(c) > MOST_CHARACTERS for c in cells):
            raise UnreadableFile(
                f"Row {number} has a cell of more than {MOST_CHARACTERS:,} characters."
            )
        yield cells[:MOST_COLUMNS]


def _clean_cell(cell: Cell) -> Cell:
    """Remove null characters, which the database cannot store."""
    if isinstance(cell, str):
        lines = without_nulls(cell).splitlines()
        return "\n".join(" ".join(line.split()) for line in lines).strip()
    return cell
