"""What workbooks show besides the values of their cells."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tests.funding.sheets import AWARD, EOI
from tests.funding.table_contents import MONEY, OTHER, Contents

Edit = Callable[[Workbook, Worksheet], object]


def workbook(
    *edits: Edit,
    rows: Sequence[Mapping[str, object]] = (EOI, OTHER),
    options: dict[str, object] | None = None,
) -> bytes:
    output = io.BytesIO()
    with xlsxwriter.Workbook(output, {"in_memory": True, **(options or {})}) as book:
        sheet = book.add_worksheet("Cases")
        fill(sheet, rows)
        for edit in edits:
            edit(book, sheet)
    return output.getvalue()


def fill(sheet: Worksheet, rows: Sequence[Mapping[str, object]]) -> None:
    headers = list(dict.fromkeys(name for row in rows for name in row))
    sheet.write_row(0, 0, headers)
    for number, row in enumerate(rows, start=1):
        sheet.write_row(number, 0, [row.get(name, "") for name in headers])


def formatted(row: int, column: int, value: object, **style: object) -> Edit:
    def edit(book: Workbook, sheet: Worksheet) -> None:
        sheet.write(row, column, value, book.add_format(style))

    return edit


def another_sheet(
    name: str, rows: Sequence[Mapping[str, object]], *, hidden: bool
) -> Edit:
    def edit(book: Workbook, _: Worksheet) -> None:
        sheet = book.add_worksheet(name)
        fill(sheet, rows)
        if hidden:
            sheet.hide()

    return edit


def chart_sheet(book: Workbook, _: Worksheet) -> None:
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": "=Cases!$B$1:$B$2"})
    book.add_chartsheet("By month").set_chart(chart)


def only_hidden(book: Workbook, sheet: Worksheet) -> None:
    empty = book.add_worksheet("Empty")
    empty.activate()
    empty.set_first_sheet()
    sheet.hide()


def with_parts(content: bytes, **parts: str) -> bytes:
    """The workbook with more parts; `__` in a name stands for `/`."""
    output = io.BytesIO(content)
    with zipfile.ZipFile(output, "a") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/"), text)
    return output.getvalue()


SHEET_RELATIONS = "xl__worksheets___rels__sheet1.xml.rels"
PIVOT = (
    '<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/pivotTable" Target="../pivotTables/p.xml"/>'
    "</Relationships>"
)
WORKBOOKS: dict[str, Contents] = {
    "several sheets": Contents(
        lambda: workbook(another_sheet("Read me", [{"Hello": 1}], hidden=False)),
        notices=["We read the sheet “Cases” and left out “Read me”."],
        cases=2,
    ),
    "several sheets with headings of cases": Contents(
        lambda: workbook(another_sheet("Old", [EOI], hidden=False)),
        problems=[("", "", "The sheets “Cases” and “Old” all have headings of cases.")],
        notices=["We read the sheet “Cases” and left out “Old”."],
    ),
    "hidden sheets": Contents(
        lambda: workbook(another_sheet("Old", [AWARD], hidden=True)),
        notices=["We read the sheet “Cases” and left out “Old” (hidden)."],
        cases=2,
    ),
    "only hidden sheets": Contents(
        lambda: workbook(only_hidden),
        problems=[("", "", "Every sheet with anything in it is hidden.")],
    ),
    "hidden rows, by hand, by a group or by a filter": Contents(
        lambda: workbook(
            lambda _, sheet: sheet.autofilter(0, 0, 2, 5),
            lambda _, sheet: sheet.set_row(2, None, None, {"hidden": True}),
        ),
        problems=[
            ("3", "The whole row", "These rows are hidden, by a filter or by hand:"),
        ],
    ),
    "hidden columns": Contents(
        lambda: workbook(
            lambda _, sheet: sheet.set_column(2, 2, None, None, {"hidden": True})
        ),
        problems=[
            ("1", "Title (column C)", "This column is hidden: show it and check"),
        ],
    ),
    "merged cells": Contents(
        lambda: workbook(
            lambda _, sheet: sheet.merge_range(1, 6, 3, 6, "declined"),
            rows=[{**row, "Outcome": ""} for row in (EOI, OTHER, {**EOI, "ID": "E3"})],
        ),
        problems=[
            ("3 and 4", "Outcome (column G)", "These cells are merged, so only the"),
        ],
    ),
    "text that is struck through": Contents(
        lambda: workbook(
            formatted(1, 2, "Peer mentors", font_strikeout=True),
            lambda book, sheet: sheet.write_rich_string(
                2, 2, "An", book.add_format({"font_strikeout": True}), "oth", "er"
            ),
        ),
        problems=[
            ("2 and 3", "Title (column C)", "The text is struck through: remove the"),
        ],
    ),
    "raised numbers, like those of footnotes": Contents(
        lambda: workbook(
            lambda book, sheet: sheet.write_rich_string(
                1, 6, "£500000", book.add_format({"font_script": 1}), "1"
            ),
            lambda book, sheet: sheet.write_rich_string(
                2, 2, "Our 1", book.add_format({"font_script": 1}), "st", " idea"
            ),
            rows=[MONEY, {**MONEY, "ID": "E2", "Title": "Two"}],
        ),
        problems=[
            ("2", "Amount (column G)", "A raised number, like that of a footnote, "),
        ],
    ),
    "colours": Contents(
        lambda: workbook(formatted(2, 2, "Another", bg_color="#ff0000")),
        notices=["We left out the colours of cells: row 3."],
        cases=2,
    ),
    "comments and notes on cells": Contents(
        lambda: workbook(lambda _, sheet: sheet.write_comment(2, 2, "withdrawn!")),
        notices=["We left out the comments on cells in Title (column C): row 3."],
        cases=2,
    ),
    "links behind words": Contents(
        lambda: workbook(
            lambda _, sheet: sheet.write_url(1, 2, "https://gov.uk", string="Peers"),
            lambda _, sheet: sheet.write_formula(
                2, 2, '=HYPERLINK("https://www.gov.uk/y","Two")', None, "Two"
            ),
        ),
        notices=[
            "We left out the addresses behind the words in Title (column C); write ",
        ],
        cases=2,
    ),
    "pictures, charts and text boxes": Contents(
        lambda: workbook(lambda _, sheet: sheet.insert_textbox(5, 1, "See the annex")),
        notices=["We left out the pictures, charts and text boxes of the sheet."],
        cases=2,
    ),
    "a sheet that is a chart": Contents(
        lambda: workbook(chart_sheet),
        notices=["We read the sheet “Cases” and left out “By month” (a chart)."],
        cases=2,
    ),
    "pivot tables": Contents(
        lambda: with_parts(workbook(), **{SHEET_RELATIONS: PIVOT}),
        notices=["The sheet has a pivot table. We read its cells like any others."],
        cases=2,
    ),
    "headers and footers of printed pages": Contents(
        lambda: workbook(lambda _, sheet: sheet.set_footer("&LDraft, not agreed")),
        notices=["We left out the headers and footers of its printed pages."],
        cases=2,
    ),
    "macros": Contents(
        lambda: with_parts(workbook(), **{"xl__vbaProject.bin": "Sub x()"}),
        notices=["The workbook has macros, which we left out."],
        cases=2,
    ),
    "values from other workbooks": Contents(
        lambda: with_parts(workbook(), **{"xl__externalLinks__link1.xml": "<a/>"}),
        notices=["The workbook takes values from other files. We read the values that"],
        cases=2,
    ),
    "a number format with another currency": Contents(
        lambda: workbook(formatted(1, 6, 1_000_000, num_format="[$$-409]#,##0"),
                         formatted(2, 6, 5_000, num_format='[$£-809]#,##0'),
                         rows=[MONEY, {**MONEY, "ID": "E2", "Title": "Two"}]),
        problems=[("2", "Amount (column G)", "The amount is shown in $: write it in")],
    ),
    "a number format with a percentage": Contents(
        lambda: workbook(formatted(1, 6, 5_000, num_format="0%"), rows=[MONEY]),
        problems=[
            ("2", "Amount (column G)", "The cell is shown as a percentage: write"),
        ],
    ),
    "a number format with a unit": Contents(
        lambda: workbook(formatted(1, 6, 4_800, num_format='£0.0"m"'),
                         formatted(2, 6, 4_800_000, num_format='£0.0,,"m"'),
                         rows=[MONEY, {**MONEY, "ID": "E2", "Title": "Two"}]),
        problems=[("2", "Amount (column G)", "The cell is shown with “m” after the")],
    ),
    "a number format that divides, below a heading with a unit": Contents(
        lambda: workbook(
            lambda _, sheet: sheet.write(0, 6, "Amount (£k)"),
            formatted(1, 6, 480_000, num_format="#,##0,"),
            formatted(2, 6, 480, num_format="#,##0"),
            rows=[MONEY, {**MONEY, "ID": "E2", "Title": "Two"}],
        ),
        problems=[
            ("2", "Amount (£k) (column G)", "The format of the cell divides the"),
        ],
        notices=["The amount is above £100,000,000, so check its unit: row 2."],
    ),
    "a number format that hides the value": Contents(
        lambda: workbook(formatted(1, 6, 4_800, num_format=";;;"), rows=[MONEY]),
        problems=[("2", "Amount (column G)", "The format of the cell hides its value")],
    ),
    "a date that is shown as a month or a year": Contents(
        lambda: workbook(formatted(1, 5, date(2015, 2, 1), num_format="mmm-yy"),
                         formatted(2, 5, date(2015, 2, 1), num_format="yyyy")),
        notices=["A month or a year counts from its last day: rows 2 and 3."],
        facts={"on": date(2015, 2, 28), "precision": "month"},
    ),
    "leading zeros of a number format": Contents(
        lambda: workbook(formatted(1, 1, 42, num_format="00000")),
        facts={"sheet_id": "00042"},
    ),
    "days counted from 1904": Contents(
        lambda: workbook(formatted(1, 5, date(2015, 2, 28), num_format="dd/mm/yy"),
                         formatted(2, 5, 40_601, num_format="General"),
                         options={"date_1904": True}),
        problems=[
            ("3", "Date (column F)", "This workbook counts days from 1904: give"),
        ],
    ),
    "formulas": Contents(
        lambda: workbook(
            lambda _, sheet: sheet.write_formula(1, 2, '="Peer"&B2', None, "Peer hub")
        ),
        facts={"title": "Peer hub"},
    ),
    "formulas that failed": Contents(
        lambda: workbook(
            lambda _, sheet: sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!")
        ),
        problems=[("2", "Title (column C)", "“#DIV/0!” is an error of a formula")],
    ),
    "a password": Contents(
        lambda: b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
        problems=[("", "", "The workbook is locked with a password. Save it without")],
    ),
    "another kind of file, such as `.xls` or `.ods`": Contents(
        lambda: b"\xd0\xcf\x11\xe0" + "Workbook".encode("utf-16-le"),
        problems=[("", "", "This file cannot be read as a table. Save it as CSV or")],
    ),
    "borders, fonts, widths, frozen panes, lists of choices, protection": Contents(
        lambda: workbook(
            formatted(1, 2, "Peer mentors", bold=True, border=1),
            lambda _, sheet: sheet.freeze_panes(1, 0),
            lambda _, sheet: sheet.data_validation(
                1, 0, 9, 0, {"validate": "list", "source": ["EOI", "award"]}
            ),
            lambda _, sheet: sheet.protect(),
        ),
        cases=2,
    ),
}  # fmt: skip
