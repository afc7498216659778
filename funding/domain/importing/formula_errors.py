"""Finds cells with formula errors, which the reader reads as blanks.

An error (`#N/A`) or a formula that was saved without its result would be blank, and a
blank has a meaning: no amount, no decision. So they are replaced by their text.
"""

import io
import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from funding.domain.importing.tables import (
    MAX_COLUMNS,
    MAX_ROWS,
    Cell,
    UnreadableFile,
    column_index,
    column_letters,
)

Position = tuple[int, int]
"""Row and column, each from 0."""
_REFERENCE = re.compile(r"([A-Za-z]{1,3})(\d{1,9})")
_CELLS_TOO_FAR = (
    f"The workbook has cells beyond row {MAX_ROWS:,} or far to the right. "
    "Delete the empty rows and columns around the table, or split it."
)


def find_errors(sheet: bytes) -> dict[Position, str]:
    """The cells with errors. Raise `UnreadableFile` for a cell so far away that the
    reader, which fills the space before it with blanks, would take too long.
    """
    errors = {}
    for position, cell in _cell_elements(sheet):
        if text := _error_text(cell):
            errors[position] = text
    return errors


def fill_in(errors: Mapping[Position, str], rows: list[list[Cell]]) -> list[list[Cell]]:
    """The rows with the errors' text, without blanks at their ends."""
    for (row, column), text in errors.items():
        rows.extend([] for _ in range(row + 1 - len(rows)))
        rows[row].extend("" for _ in range(column + 1 - len(rows[row])))
        rows[row][column] = text
    for cells in rows:
        while cells and cells[-1] == "":
            cells.pop()
    return rows


def refuse_first(errors: Mapping[Position, str]) -> None:
    """Refuse the file for its first error, if the reader cannot read it at all."""
    for (row, column), text in errors.items():
        raise UnreadableFile(
            f"Cell {column_letters(column)}{row + 1} holds “{text}”. Correct it in "
            "the spreadsheet, or write the value in its place."
        )


def _cell_elements(sheet: bytes) -> Iterator[tuple[Position, ElementTree.Element]]:
    row = column = -1
    for event, element in ElementTree.iterparse(io.BytesIO(sheet), ("start", "end")):
        name = _local_name(element)
        if name == "row" and event == "start":
            row, column = int(element.get("r", row + 2)) - 1, -1
        elif name == "c" and event == "start":
            row, column = cell_position(element.get("r"), row, column + 1)
        elif name == "c":
            yield (row, column), element
        elif name == "row":
            element.clear()


def cell_position(reference: str | None, row: int, column: int) -> Position:
    """The cell's own position, otherwise the one after the previous cell."""
    if reference is not None:
        match = _REFERENCE.fullmatch(reference)
        if match is None:
            raise UnreadableFile(_CELLS_TOO_FAR)
        row, column = int(match[2]) - 1, column_index(match[1])
    if not 0 <= row < MAX_ROWS or column >= 3 * MAX_COLUMNS:
        raise UnreadableFile(_CELLS_TOO_FAR)
    return row, column


def _error_text(cell: ElementTree.Element) -> str:
    children = {_local_name(child): child.text or "" for child in cell}
    kind, value = cell.get("t"), children.get("v")
    if kind == "e":
        return value or "#VALUE!"
    # A formula whose result is an empty text has an empty value.
    if "f" in children and not value and (value is None or kind != "str"):
        return f"={children['f']}"
    return ""


def _local_name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]
