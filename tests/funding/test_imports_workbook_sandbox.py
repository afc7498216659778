"""Small workbooks that would take all of the memory or the time there is."""

import io
import subprocess
import sys

import pytest
import xlsxwriter

from innovation.core import limits
from tests.funding import sheets
from tests.funding.sheets import read_lines

_READ = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (300_000_000, resource.RLIM_INFINITY))
from funding.domain.importing.file_reader import read
from funding.domain.importing.tables import UnreadableFile
try:
    read(sys.stdin.buffer.read())
except UnreadableFile as refused:
    print(refused)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)
"""
FAR_MORE = "The workbook holds far more than a table of past cases."
FAR_CELLS = "The workbook has cells beyond row 5,000 or far to the right."


def one_string_in_every_cell(length: int) -> bytes:
    rows = (
        f'<row r="{row}">'
        + "".join(f'<c r="{column}{row}" t="s"><v>0</v></c>' for column in "ABCDEFGHIJ")
        + "</row>"
        for row in range(1, 5_001)
    )
    strings = f"<sst><si><t>{'x' * length}</t></si></sst>"
    return sheets.workbook_of(
        sheets.sheet_of("".join(rows)), sharedStrings=strings.encode()
    )


def a_wide_row_and_a_low_one(columns: int) -> bytes:
    wide_row = "<row>" + "<c><v>1</v></c>" * columns + "</row>"
    low = '<row r="5000"><c r="A5000"><v>1</v></c></row>'
    return sheets.workbook_of(sheets.sheet_of(wide_row + low))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (one_string_in_every_cell(100_000), FAR_MORE),
        (one_string_in_every_cell(20_000), FAR_MORE),
        (a_wide_row_and_a_low_one(20_000), FAR_CELLS),
        (a_wide_row_and_a_low_one(5_000), FAR_CELLS),
    ],
    ids=["long strings", "many strings", "20,000 unplaced", "5,000 unplaced"],
)
def test_a_workbook_takes_no_more_memory_than_it_is_given(
    content: bytes, sentence: str
) -> None:
    assert len(content) < 150_000
    process = subprocess.run(
        [sys.executable, "-c", _READ], input=content, capture_output=True, check=True
    )
    output, child = process.stdout.decode().splitlines()
    assert output.startswith(sentence)
    assert int(child) < 300_000_000


def test_a_workbook_takes_no_longer_than_it_is_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "SANDBOX_SECONDS", 0)
    message = sheets.refusal(lambda: read_lines(sheets.xlsx_file([["id"]])))
    assert message.startswith(FAR_MORE)


def test_a_table_as_large_as_allowed_is_read() -> None:
    row = [f"{number} {'x' * 40}" for number in range(19)]
    assert len(read_lines(sheets.xlsx_file([row] * 5_000))) == 5_000


def test_cells_without_a_position_follow_each_other() -> None:
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"
    lines = read_lines(sheets.workbook_of(sheets.sheet_of(rows)))
    assert [line.cells for line in lines] == [(1, 2), (3,)]


def test_later_sheets_are_not_read() -> None:
    output = io.BytesIO()
    with xlsxwriter.Workbook(output, {"in_memory": True}) as book:
        book.add_worksheet().write_row(0, 0, ["id", "title"])
        book.add_worksheet("Postcodes").write(9_000, 800, "far away")
    assert [line.cells for line in read_lines(output.getvalue())] == [("id", "title")]
