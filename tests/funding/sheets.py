"""Sheets of past cases, as people have them."""

import csv
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence

import xlsxwriter

from funding.domain.importing import file_reader

EOI = {
    "Kind": "EOI",
    "ID": "E1",
    "Title": "Peer mentors",
    "Lead organisation": "Leeds City Council",
    "Round": "1",
    "Date": "05/06/2014",
}
FULL_EOI = EOI | {
    "Partners": "Open Doors (charity)",
    "Focus area": "Rethinking children’s social work",
    "Maturity": "i1",
    "Amount": "£100,000",
    "Financial year": "2014-15",
    "Outcome": "declined",
    "Outcome date": "1 Sept 2014",
}
AWARD = {
    "Kind": "Award",
    "ID": "A1",
    "Title": "Family hubs",
    "Lead organisation": "Hull City Council",
    "Councils": "Hull; Leeds",
    "Round": "Round 1",
    "Focus area": "Rethinking children's social work",
    "Idea type": "whole system change",
    "Amount": "£1,234.50",
    "Date": "28 Feb 2015",
    "Source": "a press notice",
}


def csv_text(rows: Sequence[Mapping[str, object]], separator: str = ",") -> str:
    """Columns in the order in which the rows first name them."""
    headers = list(dict.fromkeys(name for row in rows for name in row))
    output = io.StringIO(newline="")
    writer = csv.DictWriter(output, headers, restval="", delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return output.getvalue()


def csv_file(*rows: Mapping[str, object]) -> bytes:
    return csv_text(rows).encode()


def xlsx_file(rows: Sequence[Sequence[object]]) -> bytes:
    output = io.BytesIO()
    with xlsxwriter.Workbook(output, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return output.getvalue()


def workbook_of(
    sheet: bytes, name: str = "worksheets/sheet1.xml", **others: bytes
) -> bytes:
    """A workbook with `sheet` in the place of its own, under a name of its choice, and
    `others` instead of the parts of these names: `sharedStrings`, `styles`.
    """
    output = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx_file([["id"]]))) as parts,
        zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for part in parts.namelist():
            if part == "xl/worksheets/sheet1.xml":
                archive.writestr(f"xl/{name}", sheet)
            else:
                known = parts.read(part).replace(
                    b"worksheets/sheet1.xml", name.encode()
                )
                archive.writestr(part, others.get(part[3:-4], known))
    return output.getvalue()


def sheet_of(rows: str) -> bytes:
    """The XML of a sheet of these `<row>`s."""
    return f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode()


def read_lines(content: bytes) -> list[file_reader.Line]:
    return file_reader.read(content).lines


def refusal(read: Callable[[], object]) -> str:
    """The sentence with which a reader refuses; empty where it reads."""
    try:
        read()
    except ValueError as error:
        return str(error)
    return ""
