"""Writes the rows of a report as CSV or as an Excel workbook.

Memory does not grow with the number of rows.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import IO, Protocol

import xlsxwriter

from innovation.reporting.models import FileFormat
from innovation.web.csv_files import CsvWriter, Row


class FileWriter(Protocol):
    content_type: str

    def __init__(self, file: IO[bytes], columns: Sequence[str]) -> None: ...

    def write_rows(self, rows: Iterable[Row]) -> None: ...

    def close(self) -> None:
        """Write what is still buffered. The file stays open."""


class XlsxWriter:
    """Dates and numbers have cell types of their own. Text is never a formula or a
    link, even if it looks like one.
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
        cell = self._row, column
        if isinstance(value, date):
            error = self._sheet.write_datetime(*cell, value, self._day)
        elif isinstance(value, Decimal):
            error = self._sheet.write_number(*cell, value, self._pounds)
        elif isinstance(value, int):
            error = self._sheet.write_number(*cell, value)
        else:
            text = "" if value is None else str(value)
            error = self._sheet.write_string(*cell, text)
        if error:
            raise ValueError("More rows or characters than a worksheet holds")


WRITERS: dict[str, type[FileWriter]] = {
    FileFormat.CSV: CsvWriter,
    FileFormat.XLSX: XlsxWriter,
}
