"""Formulas that failed, or whose results were not saved: no blanks, but problems."""

import pytest

from funding.domain import imports
from tests.funding import sheets
from tests.funding.historic_cases import IMPORTED_AT
from tests.funding.sheets import EOI, read_lines

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_names")]
ERROR = "“{}” is an error of a formula: correct it in the spreadsheet, or write the "
LOST = "This formula was saved without its result: open the file in a spreadsheet "


def sheet_with(*cells: str) -> bytes:
    """An expression in row 2, with these cells behind what it needs, from column G."""
    headers = [*EOI, "Outcome", "Amount", "Councils"]
    rows = (
        "".join(f'<c t="str"><v>{word}</v></c>' for word in words)
        for words in (headers, EOI.values())
    )
    first, second = rows
    return sheets.workbook_of(
        sheets.sheet_of(f"<row>{first}</row><row>{second}{''.join(cells)}</row>")
    )


def test_a_formula_that_failed_is_named_by_row_and_column() -> None:
    content = sheet_with(
        '<c r="G2" t="e"><f>VLOOKUP(A2,B:C,2)</f><v>#N/A</v></c>',
        '<c t="e"><v>#DIV/0!</v></c>',
        "<c t='e'><v>#REF!</v></c>",
    )
    problems = imports.check(content, at=IMPORTED_AT).problems
    assert [(each.row, each.column) for each in problems] == [
        (2, "Outcome (column G)"), (2, "Amount (column H)"),
        (2, "Councils (column I)"),
    ]  # fmt: skip
    for each, error in zip(problems, ("#N/A", "#DIV/0!", "#REF!"), strict=True):
        assert each.sentence.startswith(ERROR.format(error))


@pytest.mark.parametrize(
    "cell",
    [
        "<c><f>1+1</f></c>",
        "<c><f>1+1</f><v></v></c>",
        '<c><f t="shared" si="0"/><v/></c>',
        '<c t="str"><f>A2</f></c>',
        '<x:c xmlns:x="urn:x" r="G2"><x:f>1+1</x:f></x:c>',
    ],
)
def test_a_formula_saved_without_its_result_is_a_problem(cell: str) -> None:
    [problem] = imports.check(sheet_with(cell), at=IMPORTED_AT).problems
    assert (problem.row, problem.column) == (2, "Outcome (column G)")
    assert problem.sentence.startswith(LOST)


def test_a_formula_with_its_result_is_read_and_may_be_empty() -> None:
    content = sheet_with(
        '<c t="str"><f>IF(1,"withdrawn")</f><v>withdrawn</v></c>',
        '<c t="str"><f>IF(1,"")</f><v></v></c>',
        '<c t="str"><f>IF(1,"")</f><v/></c>',
    )
    [(case, _)] = imports.check(content, at=IMPORTED_AT).cases
    assert (case.outcome, case.amount, case.councils) == ("withdrawn", None, [])


def test_a_formula_error_in_a_csv_file_is_a_problem() -> None:
    content = sheets.csv_file({**EOI, "ID": "#N/A", "Notes": "=> see the file"})
    [problem] = imports.check(content, at=IMPORTED_AT).problems
    assert (problem.row, problem.column) == (2, "ID (column B)")


def test_a_formula_error_unknown_to_the_library_is_refused_with_its_cell() -> None:
    message = sheets.refusal(
        lambda: read_lines(sheet_with('<c t="e"><v>#SPILL!</v></c>'))
    )
    assert message.startswith("Cell G2 holds “#SPILL!”.")


def test_a_sheet_with_only_formula_errors_is_not_empty() -> None:
    content = sheets.workbook_of(
        sheets.sheet_of('<row r="3"><c r="B3" t="e"><v>#N/A</v></c></row>')
    )
    assert [(line.number, line.cells) for line in read_lines(content)] == [
        (3, ("", "#N/A"))
    ]
