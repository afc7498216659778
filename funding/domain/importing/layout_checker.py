"""Checks what a workbook shows besides its values.

What a reader sees and we would not read, or the other way round, is a problem; what
carries no fact of a case is a notice.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from funding.domain.importing.columns import Headers
from funding.domain.importing.file_reader import Line
from funding.domain.importing.layout import Layout, Mark, Range
from funding.domain.importing.report import Report
from funding.domain.importing.table_parts import WHOLE_ROW
from funding.domain.importing.tables import column_letters

_MERGED = (
    "These cells are merged, so only the first of them has the value: unmerge them, "
    "and write the value in each"
)
_HIDDEN_COLUMN = "This column is hidden: show it and check it, or delete it"
_DAYS_FROM_1904 = (
    "This workbook counts days from 1904: give the cell the format of a date, or write "
    "the date as text"
)
_DATES = ("date", "outcome date")
_SERIALS_FROM_1904 = range(35_000, 72_000)
_AMOUNT_MARKS = {
    "currency": "The amount is shown in {}: write it in pounds",
    "percent": "The cell is shown as a percentage: write the amount in pounds",
    "unit": "The cell is shown with “{0}” after the number, which its value does not "
    "have: write it as text, like £4.8{0}, or write all pounds",
}
_SCALED = (
    "The format of the cell divides the number, and the heading has a unit too: take "
    "the unit out of the heading, or write amounts as text, like £4.8m"
)
_CELL_MARKS = {
    "struck": "The text is struck through: remove the row if it does not count, or "
    "remove the line",
    "raised": "A raised number, like that of a footnote, would be read as part of the "
    "cell: remove it",
    "hidden": "The format of the cell hides its value: show it and check it, or empty "
    "it",
}


def check(
    layout: Layout,
    headers: Headers,
    header: Line,
    cases: Sequence[Line],
    report: Report,
) -> None:
    for sentence in layout.problems:
        report.add_problem(None, "", sentence)
    for sentence in layout.notices:
        report.add_notice(sentence)
    _Checker(layout, headers, header, cases, report).check()


def _number(line: Line) -> int:
    return line.number


class _Checker:
    def __init__(
        self,
        layout: Layout,
        headers: Headers,
        header: Line,
        cases: Sequence[Line],
        report: Report,
    ) -> None:
        self.layout, self.headers, self.report = layout, headers, report
        self.header, self.cases = header, cases
        self.case_rows = {line.number for line in cases}
        self.names = {place: name for name, place in headers.positions.items()}

    def check(self) -> None:
        self._check_merged_cells()
        self._check_hidden()
        for mark in self.layout.marks:
            self._check_mark(mark)
        if self.layout.counts_from_1904:
            self._check_days()

    def _check_merged_cells(self) -> None:
        for merged in self.layout.merged:
            if self.report.is_full:
                return
            first = bisect_left(self.cases, merged.first_row, key=_number)
            last = bisect_right(self.cases, merged.last_row, key=_number)
            for place in self.names:
                if place in merged.columns:
                    self._add_merged(merged, place, self.cases[first:last])

    def _add_merged(self, merged: Range, place: int, cases: Sequence[Line]) -> None:
        for line in cases:
            if (line.number, place) != (merged.first_row, merged.first_column):
                self._add_problem(line.number, place, _MERGED)

    def _check_hidden(self) -> None:
        for row in self.layout.hidden_rows:
            if row in self.case_rows:
                how = "by a filter or by hand" if self.layout.filtered else "by hand"
                self.report.add_problem(
                    row,
                    WHOLE_ROW,
                    f"These rows are hidden, {how}: show them and check them, or "
                    "delete them",
                )
        for place in self.layout.hidden_columns:
            if place in self.names:
                self._add_problem(self.header.number, place, _HIDDEN_COLUMN)

    def _check_mark(self, mark: Mark) -> None:
        if mark.kind in ("comment", "link"):
            self._note_mark(mark)
        if mark.row not in self.case_rows:
            return
        if mark.kind == "coloured":
            self.report.add_notice("We left out the colours of cells", mark.row)
        if mark.column not in self.names:
            return
        if sentence := _CELL_MARKS.get(mark.kind):
            self._add_problem(mark.row, mark.column, sentence)
        if self.names[mark.column] == "amount":
            self._check_amount_mark(mark)

    def _check_amount_mark(self, mark: Mark) -> None:
        if sentence := _AMOUNT_MARKS.get(mark.kind):
            self._add_problem(mark.row, mark.column, sentence.format(mark.text))
        if mark.kind == "scaled" and self.headers.unit:
            self._add_problem(mark.row, mark.column, _SCALED)

    def _note_mark(self, mark: Mark) -> None:
        column = self._column(mark.column)
        self.report.add_notice(
            f"We left out the comments on cells in {column}"
            if mark.kind == "comment"
            else f"We left out the addresses behind the words in {column}; write them "
            "in a cell to keep them",
            mark.row,
        )

    def _check_days(self) -> None:
        for line in self.cases:
            cells = self.headers.cells(line)
            for name in _DATES:
                cell = cells.get(name, "")
                if isinstance(cell, float | int) and int(cell) in _SERIALS_FROM_1904:
                    self._add_problem(
                        line.number, self.headers.positions[name], _DAYS_FROM_1904
                    )

    def _column(self, place: int) -> str:
        if place in self.names:
            return self.headers.describe(self.names[place])
        return f"column {column_letters(place)}"

    def _add_problem(self, row: int, place: int, sentence: str) -> None:
        self.report.add_problem(row, self._column(place), sentence)
