"""How the service writes every CSV file: for spreadsheets as well as for programs.

A file begins with a byte order mark, without which Excel misreads accents. Lines end as
RFC 4180 says. Text that a spreadsheet would read as a formula gets an apostrophe in
front. Days are those in London; moments are in UTC, as in the API.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import IO

from innovation.core.formatting import format_utc

MEDIA_TYPE = "text/csv; charset=utf-8"
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")
"""Those of full width start a formula in some countries. The last two are characters
that Excel skips before a formula.
"""
Row = Sequence[object]


class CsvWriter:
    content_type = MEDIA_TYPE

    def __init__(self, file: IO[bytes], columns: Sequence[str]) -> None:
        self._text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._text)
        self._writer.writerow(columns)

    def write_rows(self, rows: Iterable[Row]) -> None:
        self._writer.writerows(map(_cell, row) for row in rows)

    def close(self) -> None:
        """Write what is still buffered. The file stays open."""
        self._text.detach()


def head(columns: Sequence[str]) -> bytes:
    """The beginning of a file whose rows come from elsewhere."""
    file = io.BytesIO()
    CsvWriter(file, columns).close()
    return file.getvalue()


def end_lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Rows that PostgreSQL wrote, whose lines end in a line feed alone. What is inside
    quotation marks stays.
    """
    quoted = 0
    for piece in pieces:
        parts = piece.split(b'"')
        for place in range(quoted, len(parts), 2):
            parts[place] = parts[place].replace(b"\n", b"\r\n")
        quoted = (quoted + len(parts) - 1) % 2
        yield b'"'.join(parts)


def _cell(value: object) -> object:
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return format_utc(value) if isinstance(value, datetime) else value
