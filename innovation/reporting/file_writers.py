"""The files a worker builds: the same rows as CSV or as an Excel workbook.

Neither is in memory whole, however many rows there are.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import IO, Protocol

import xlsxwriter

from innovation.reporting.models import FileFormat

Row = Sequence[object]


class FileWriter(Protocol):
    content_type: str

    def __init__(self, file: IO[bytes], columns: Sequence[str]) -> None: ...

    def write_rows(self, rows: Iterable[Row]) -> None: ...

    def close(self) -> None:
        """Write what is left and drop what was set aside. The file stays open."""


class CsvWriter:
    """With a byte order mark, without which Excel spoils every accent."""

    content_type = "text/csv; charset=utf-8"

    def __init__(self, file: IO[bytes], columns: Sequence[str]) -> None:
        self._text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._text)
        self._writer.writerow(columns)

    def write_rows(self, rows: Iterable[Row]) -> None:
        self._writer.writerows(rows)

    def close(self) -> None:
        self._text.detach()


class XlsxWriter:
    """Dates and numbers are such; text is never a formula or a link, whatever it looks
    like.
    """

    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def __init__(self, file: IO[bytes], columns: Sequence[str]) -> None:
        self._workbook = xlsxwriter.Workbook(file, {"constant_memory": True})
        self._sheet = self._workbook.add_worksheet()
        self._sheet.freeze_panes(1, 0)
        self._day = self._workbook.add_format({"num_format": "d mmmm yyyy"})
        self._pounds = self._workbook.add_format({"num_format": "#,##0.00"})
        self._row = 0
        self.write_rows([columns])

    def write_rows(self, rows: Iterable[Row]) -> None:
        for row in rows:
            for column, value in enumerate(row):
                self._write_cell(column, value)
            self._row += 1

    def close(self) -> None:
        self._workbook.close()

    def _write_cell(self, column: int, value: object) -> None:
        where = self._row, column
        if isinstance(value, date):
            refused = self._sheet.write_datetime(*where, value, self._day)
        elif isinstance(value, Decimal):
            refused = self._sheet.write_number(*where, value, self._pounds)
        elif isinstance(value, int):
            refused = self._sheet.write_number(*where, value)
        else:
            text = "" if value is None else str(value)
            refused = self._sheet.write_string(*where, text)
        if refused:
            raise ValueError("More rows or characters than a worksheet holds")


WRITERS: dict[str, type[FileWriter]] = {
    FileFormat.CSV: CsvWriter,
    FileFormat.XLSX: XlsxWriter,
}
