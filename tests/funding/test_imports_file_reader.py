"""Files as people save them, and files that are no tables at all."""

import codecs
import io
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from funding.domain.importing import columns, tables, workbook_reader
from funding.domain.importing.file_reader import Line
from funding.domain.importing.tables import UnreadableFile
from tests.funding import sheets
from tests.funding.sheets import read_lines

TABLE = "id;title\r\n1;Café – “hub”\r\n"


@pytest.mark.parametrize(
    "content",
    [
        TABLE.encode(),
        codecs.BOM_UTF8 + TABLE.encode(),
        TABLE.encode("utf-16"),
        codecs.BOM_UTF16_BE + TABLE.encode("utf-16-be"),
        TABLE.encode("utf-16-le"),
        TABLE.encode("cp1252"),
        TABLE.replace(";", ",").encode(),
        TABLE.replace(";", "\t").encode(),
        TABLE.replace("\r\n", "\n").encode(),
        TABLE.replace("\r\n", "\r").encode(),
        sheets.xlsx_file([["id", "title"], ["1", "Café – “hub”"]]),
    ],
)
def test_every_way_of_saving_a_table_gives_the_same_lines(content: bytes) -> None:
    assert read_lines(content) == [
        Line(1, ("id", "title")),
        Line(2, ("1", "Café – “hub”")),
    ]


def test_blank_rows_are_left_out_and_still_counted() -> None:
    lines = read_lines(b"\r\n,,\r\nid,title\r\n\r\n , \r\n1,Hub\r\n")
    assert [line.number for line in lines] == [3, 6]


def test_a_workbook_keeps_dates_and_numbers() -> None:
    content = sheets.xlsx_file([["date", "amount"], [42063, 1234.5]])
    assert read_lines(content)[1].cells == (42063, 1234.5)


def test_a_cell_formatted_as_a_date_is_read_as_a_date() -> None:
    output = io.BytesIO()
    with xlsxwriter.Workbook(output, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        date_format = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_datetime(0, 0, date(2015, 2, 28), date_format)
    assert read_lines(output.getvalue())[0].cells == (date(2015, 2, 28),)


def test_the_first_sheet_with_anything_in_it_is_read() -> None:
    output = io.BytesIO()
    with xlsxwriter.Workbook(output, {"in_memory": True}) as book:
        book.add_worksheet("Empty")
        book.add_worksheet("Cases").write_row(3, 1, ["id", "title"])
    [line] = read_lines(output.getvalue())
    assert (line.number, line.cells) == (4, ("", "id", "title"))


def test_a_chart_before_the_table_does_not_matter() -> None:
    output = io.BytesIO()
    with xlsxwriter.Workbook(output, {"in_memory": True}) as book:
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=Cases!$B$1:$B$2"})
        book.add_chartsheet().set_chart(chart)
        book.add_worksheet("Cases").write_row(0, 0, ["id", "title"])
    assert read_lines(output.getvalue()) == [Line(1, ("id", "title"))]


def test_sheets_can_be_referenced_by_their_path_in_the_archive() -> None:
    """As several libraries write workbooks."""
    output = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(sheets.xlsx_file([["id"]]))) as parts,
        zipfile.ZipFile(output, "w") as archive,
    ):
        for name in parts.namelist():
            place = b'Target="/xl/worksheets'
            part = parts.read(name).replace(b'Target="worksheets', place)
            archive.writestr(name, part)
    assert read_lines(output.getvalue()) == [Line(1, ("id",))]


def bomb() -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", "<workbook/>")
        parts.writestr("xl/worksheets/sheet1.xml", b"0" * 70_000_000)
    return output.getvalue()


def far_cell() -> bytes:
    output = io.BytesIO()
    with xlsxwriter.Workbook(output, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "id")
        sheet.write(1_048_575, 16_383, "far away")
    return output.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"\n \n,,,\n", "The file has no rows."),
        (b"PK\x03\x04 not a workbook", "cannot be read as a table"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "cannot be read as a table"),
        (b"a,b\n" * 5_001, "more than 5,000 rows"),
        (b"a" * 5_000_001, "larger than 5 MB"),
        (b"a," * 200 + b"b", "more than 100 columns"),
        (b"a,b\n1," + b"x" * 20_001, "more than 20,000 characters"),
        (bomb, "too large when unpacked"),
        (far_cell, "cells beyond row 5,000"),
        (sheets.xlsx_file([]), "The workbook has no rows."),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_a_message(
    content: bytes | Callable[[], bytes], sentence: str
) -> None:
    """Files that take a second to write are written by the test: every worker and every
    part of the suite reads this module.
    """
    with pytest.raises(UnreadableFile, match=sentence):
        read_lines(content() if callable(content) else content)


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="XFD1048576"><v>1</v></c>',
        b"<c r='XFD1048576'><v>1</v></c>",
        b'<c r = "xfd1048576"><v>1</v></c>',
        b'<c r="A01048576000"><v>1</v></c>',
    ],
)
@pytest.mark.parametrize("name", ["worksheets/sheet1.xml", "elsewhere.xml"])
def test_a_far_cell_is_found_in_every_spelling(name: str, cell: bytes) -> None:
    sheet = b"<worksheet><sheetData><row>" + cell + b"</row></sheetData></worksheet>"
    with pytest.raises(UnreadableFile, match="cells beyond row 5,000"):
        read_lines(sheets.workbook_of(sheet, name))


def test_a_workbook_part_with_a_wrong_size_is_refused() -> None:
    """The reader would go on unpacking; what is checked first is what it gets."""
    content = bomb()
    true_size, stated_size = (
        (70_000_000).to_bytes(4, "little"),
        (1_000).to_bytes(4, "little"),
    )
    assert content.count(true_size) == 2
    with pytest.raises(UnreadableFile, match="cannot be read as a table"):
        read_lines(content.replace(true_size, stated_size))


def test_large_numbers_in_a_theme_are_not_cells() -> None:
    theme = b'<a:fillToRect l="50000" t="-80000" r="50000" b="180000"/>'
    output = io.BytesIO(sheets.xlsx_file([["id"]]))
    with zipfile.ZipFile(output, "a") as parts:
        parts.writestr("xl/theme/theme9.xml", theme)
    assert read_lines(output.getvalue()) == [Line(1, ("id",))]


@settings(deadline=None)
@given(st.binary(max_size=2_000))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    message = sheets.refusal(lambda: read_lines(content))
    assert message == "" or message.endswith(".")


WORKBOOK = sheets.xlsx_file([["id", "title"], [1, "Hub"]])


@given(st.integers(0, len(WORKBOOK) - 1), st.binary(min_size=1, max_size=40))
def test_a_workbook_damaged_anywhere_is_read_or_refused(
    place: int, replacement: bytes
) -> None:
    content = WORKBOOK[:place] + replacement + WORKBOOK[place + len(replacement) :]
    message = sheets.refusal(lambda: workbook_reader.read(content))
    assert message == "" or message.endswith(".")


@given(st.binary(max_size=400))
def test_any_sheet_inside_a_workbook_is_read_or_refused(sheet: bytes) -> None:
    output = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(WORKBOOK)) as parts,
        zipfile.ZipFile(output, "w") as archive,
    ):
        for name in parts.namelist():
            inside = b"<worksheet><sheetData>" + sheet
            archive.writestr(
                name, inside if "worksheets/" in name else parts.read(name)
            )
    message = sheets.refusal(lambda: workbook_reader.read(output.getvalue()))
    assert message == "" or message.endswith(".")


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Lead Organisation", "lead organisation"),
        ("lead_organisation", "lead organisation"),
        (" LEAD ", "lead organisation"),
        ("Award (£)", "amount"),
        ("amount_gbp", "amount"),
        ("Local authorities", "councils"),
        ("gss_codes_2014_2016", "councils"),
        ("Date announced:", "date"),
        ("Project", "title"),
        ("Our ref.", "id"),
        ("\u200eTitle\u200b", "title"),
        ("Identifier", "id"),
        ("Description", "notes"),
        ("Currency", "currency"),
        ("Amount Awarded", "amount"),
        ("Award Date", "date"),
        ("Recipient Org:Name", "lead organisation"),
        ("Recipient Org:Identifier", "lead identifier"),
        ("Recipient Org:Charity Number", "charity number"),
        ("Recipient Org:Company Number", "company number"),
        ("Grant Programme:Title", "round"),
    ],
)
def test_a_header_is_known_by_its_other_names(header: str, name: str) -> None:
    assert columns.read(Line(1, (header,))).positions == {name: 0}


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("Amount", ""),
        ("Amount (£)", ""),
        ("Amount awarded (GBP)", ""),
        ("Amount (£m)", "m"),
        ("Amount (£ million)", "m"),
        ("Amount [£m]", "m"),
        ("Award £m", "m"),
        ("Value (millions)", "m"),
        ("Value in millions of pounds", "m"),
        ("Grant (£k)", "k"),
        ("Grant (£000)", "k"),
        ("Grant (£’000s)", "k"),
        ("Grant (£'000)", "k"),
        ("Grant £,000", "k"),
        ("amount_gbp_thousands", "k"),
        ("Amount (£bn)", "bn"),
    ],
)
def test_the_header_of_amounts_says_their_unit(header: str, unit: str) -> None:
    headers = columns.read(Line(1, (header,)))
    assert (headers.positions, headers.unit, headers.problems) == (
        {"amount": 0},
        unit,
        [],
    )


@pytest.mark.parametrize(
    "header",
    ["Amount ($)", "Amount (€m)", "Award €m", "Amount (2014-15)", "Amount £m (£k)"],
)
def test_a_unit_that_is_not_understood_is_refused(header: str) -> None:
    [(named, sentence)] = columns.read(Line(1, (header,))).problems
    assert named == f"{header} (column A)"
    assert sentence.startswith("The unit is not understood: write amounts in pounds")


def test_unknown_and_duplicate_columns_are_named_with_their_letter() -> None:
    headers = columns.read(Line(1, ("id", "Ref", "", "Star sign")))
    assert headers.duplicates == ["Ref (column B)"]
    assert headers.unknown == ["Star sign (column D)"]
    assert headers.describe("id") == "id (column A)"


GOVERNMENT_GRANTS_REGISTER = (
    "Identifier", "Title", "Description", "Currency", "Amount Awarded",
    "Grant Programme:Code", "Grant Programme:Title", "Award Date",
    "Recipient Org:Identifier", "Recipient Org:Name", "Recipient Org:Charity Number",
    "Recipient Org:Company Number", "Recipient Org:City", "Funding Org:Name",
    "From an open call?", "Last modified",
)  # fmt: skip


def test_the_headings_of_the_government_grants_register_are_known_or_named() -> None:
    headers = columns.read(Line(1, GOVERNMENT_GRANTS_REGISTER))
    assert list(headers.positions) == [
        "id", "title", "notes", "currency", "amount", "round", "date",
        "lead identifier", "lead organisation", "charity number", "company number",
    ]  # fmt: skip
    assert headers.unknown == [
        "Grant Programme:Code (column F)", "Recipient Org:City (column M)",
        "Funding Org:Name (column N)", "From an open call? (column O)",
        "Last modified (column P)",
    ]  # fmt: skip
    assert (headers.duplicates, headers.missing) == ([], ["kind"])


def test_columns_have_the_letters_of_a_spreadsheet() -> None:
    assert [tables.column_letters(n) for n in (0, 25, 26, 701, 702)] == [
        "A", "Z", "AA", "ZZ", "AAA",
    ]  # fmt: skip
