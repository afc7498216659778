"""Bytes to lines of cells, whatever program wrote them. Nothing is written to disk."""

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook

Cell = str | float | bool | date | datetime
MOST_BYTES = 5_000_000
MOST_UNPACKED = 60_000_000
MOST_ROWS = 5_000
MOST_COLUMNS = 100
MOST_CHARACTERS = 20_000
_UNREADABLE = (
    "This file cannot be read as a table. Save it as CSV or as an Excel workbook "
    "(.xlsx) and try again."
)
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]*)(\d+)["']""")


class Unreadable(ValueError):
    """The whole file is wrong; its text says what to do."""


@dataclass(frozen=True, slots=True)
class Line:
    """`number` is the row as a spreadsheet counts it, from 1, blank ones included."""

    number: int
    cells: tuple[Cell, ...]


def read(content: bytes) -> list[Line]:
    """Every line that is not blank. Raises `Unreadable` and nothing else."""
    if not content:
        raise Unreadable("The file is empty.")
    if len(content) > MOST_BYTES:
        raise Unreadable(f"The file is larger than {MOST_BYTES // 1_000_000} MB.")
    raw = _workbook(content) if content[:2] == b"PK" else _csv(content)
    lines = [
        Line(number, cells)
        for number, cells in enumerate(_within_limits(raw), start=1)
        if any(cell != "" for cell in cells)
    ]
    if not lines:
        raise Unreadable("The file has no rows.")
    return lines


def _within_limits(rows: Iterable[Iterable[Cell]]) -> Iterator[tuple[Cell, ...]]:
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise Unreadable(f"The file has more than {MOST_ROWS:,} rows: split it.")
        cells = tuple(_tidy(cell) for cell in row)
        if len(cells) > MOST_COLUMNS and any(c != "" for c in cells[MOST_COLUMNS:]):
            raise Unreadable(f"Row {number} has more than {MOST_COLUMNS} columns.")
        if any(isinstance(c, str) and len(c) > MOST_CHARACTERS for c in cells):
            raise Unreadable(
                f"Row {number} has a cell of more than {MOST_CHARACTERS:,} characters."
            )
        yield cells[:MOST_COLUMNS]


def _tidy(cell: Cell) -> Cell:
    """Without the one character that the database cannot keep."""
    if isinstance(cell, str):
        return " ".join(cell.replace("\x00", "").split())
    return cell


def _csv(content: bytes) -> Iterator[list[Cell]]:
    text = _decoded(content)
    if "\x00" in text:
        raise Unreadable(_UNREADABLE)
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(",;\t", key=first.count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            yield list(row)
    except csv.Error:
        raise Unreadable(_UNREADABLE) from None


def _decoded(content: bytes) -> str:
    """UTF-8 or UTF-16 with or without a mark, else what Excel on Windows writes."""
    try:
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return content.decode("utf-16")
        unmarked = _unmarked_utf16(content)
        if unmarked:
            return content.decode(unmarked)
    except UnicodeDecodeError:
        raise Unreadable(_UNREADABLE) from None
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(_UNREADABLE)


def _unmarked_utf16(content: bytes) -> str:
    """Every other byte of western text in UTF-16 is zero."""
    start = content[:200]
    half = len(start) // 2
    if half and start[1::2].count(0) > half * 0.8:
        return "utf-16-le"
    if half and start[0::2].count(0) > half * 0.8:
        return "utf-16-be"
    return ""


def _workbook(content: bytes) -> list[list[Cell]]:
    """The first sheet that has anything in it."""
    parts = _parts(content)
    try:
        book = CalamineWorkbook.from_filelike(_rebuilt(parts))
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if any(cell != "" for row in rows for cell in row):
                return [[_plain(cell) for cell in row] for row in rows]
    except CalamineError:
        raise Unreadable(_UNREADABLE) from None
    except BaseException as error:
        # The reader is written in Rust, whose panics are no `Exception`.
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        raise Unreadable(_UNREADABLE) from None
    raise Unreadable("The workbook has no rows.")


def _plain(cell: object) -> Cell:
    if isinstance(cell, str | float | int | bool | date | datetime):
        return cell
    if isinstance(cell, time | timedelta):
        return str(cell)
    return ""


def _parts(content: bytes) -> dict[str, bytes]:
    """The workbook's XML. A few kilobytes can unpack to gigabytes, or put one cell in
    the last row of the last column, which the reader would fill with empty ones.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {
                name
                for name in archive.namelist()
                if name.endswith((".xml", ".rels")) and name != "content.xml"
            }
            if "xl/workbook.xml" not in names:
                raise Unreadable(_UNREADABLE)
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
                raise Unreadable("The workbook is too large when unpacked.")
            parts = {name: archive.read(name) for name in sorted(names)}
    except Unreadable:
        raise
    except Exception:
        # A broken archive breaks the standard library's reader in a dozen ways.
        raise Unreadable(_UNREADABLE) from None
    for part in parts.values():
        _refuse_far_cells(part)
    return parts


def _rebuilt(parts: dict[str, bytes]) -> io.BytesIO:
    """An archive of just what was looked at. The one that was sent may say that a part
    is small and go on unpacking, hold a name twice, or be a second kind of workbook.
    """
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    written.seek(0)
    return written


def _refuse_far_cells(part: bytes) -> None:
    """Wherever a sheet lies in the archive: its place is the sender's choice."""
    if b"sheetData" not in part:
        return
    for letters, number in _REFERENCE.findall(part):
        if len(number) > 9 or int(number) > MOST_ROWS or _far(letters):
            raise Unreadable(
                f"The workbook has cells beyond row {MOST_ROWS:,} or far to the right. "
                "Delete the empty rows and columns around the table, or split it."
            )


def _far(letters: bytes) -> bool:
    return len(letters) > 3 or _column(letters.upper()) > 10 * MOST_COLUMNS


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
