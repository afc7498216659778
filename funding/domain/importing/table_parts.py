"""Tells the cases of a table from what else stands in it.

Tables have titles above their headings, blank rows, totals, footnotes and sometimes a
second table below. Each of these is named in the report.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from funding.domain.importing import columns, headings
from funding.domain.importing.columns import Headers
from funding.domain.importing.file_reader import Line, Table
from funding.domain.importing.planned_case import KINDS
from funding.domain.importing.report import Report
from funding.domain.importing.tables import Cell, column_letters

_TOTAL = re.compile(r"(?:(?:grand|overall|running|sub)[ -]?)?totals?\b", re.IGNORECASE)
_FEWEST_SECOND_HEADINGS = 3
_ABOVE = "We left out what stands above the headings"
_BLANK = "These rows are blank; we read those below them too"
_TOTALS = "We left out the totals"
_ONE_CELL = "We left out what has only one filled cell, such as footnotes"
_REPEATED = "We left out the headings where they are repeated"
_SECOND_TABLE = (
    "These are other headings: put the table below them in a file of its own, or "
    "remove this row"
)
_TOO_MANY_CELLS = (
    "This row has more cells than there are headings: write a cell with a comma in it "
    "in quotation marks"
)
_TOO_FEW_CELLS = (
    "These rows have fewer cells than there are headings, so their last columns are "
    "empty"
)
_WESTERN = (
    "The file is not in UTF-8, so we read it as Windows-1252. Check letters such as é "
    "and signs such as £"
)
WHOLE_ROW = "The whole row"


def read(table: Table, report: Report) -> tuple[Headers, Line, list[Line]]:
    """The headers, the line that holds them, and the lines of the cases."""
    lines = table.lines
    place = headings.find([line.cells for line in lines]) or 0
    header, below = lines[place], lines[place + 1 :]
    headers = columns.read(header)
    for line in lines[:place]:
        report.add_notice(_ABOVE, line.number)
    cases = _cases(headers, header, below, report)
    _note_blank_rows([header, *below], report)
    if table.encoding:
        cases = _check_lengths(header, cases, report)
    _note_cells_without_heading(header, cases, report)
    if table.is_western:
        _note_western(lines, report)
    return headers, header, cases


def _cases(
    headers: Headers, header: Line, lines: Sequence[Line], report: Report
) -> list[Line]:
    cases = []
    for line in lines:
        if line.cells == header.cells:
            report.add_notice(_REPEATED, line.number)
        elif len(headings.known(line.cells)) >= _FEWEST_SECOND_HEADINGS:
            report.add_problem(line.number, WHOLE_ROW, _SECOND_TABLE)
            break
        elif _is_case(headers, line):
            cases.append(line)
        else:
            filled = [cell for cell in line.cells if cell != ""]
            sentence = _TOTALS if _is_total(filled) else _ONE_CELL
            report.add_notice(sentence, line.number)
    return cases


def _is_case(headers: Headers, line: Line) -> bool:
    cells = headers.cells(line)
    if str(cells.get("kind", "")).casefold() in KINDS:
        return True
    filled = [cell for cell in line.cells if cell != ""]
    return len(filled) > 1 and not (cells.get("id", "") == "" and _is_total(filled))


def _is_total(filled: Sequence[Cell]) -> bool:
    return any(isinstance(cell, str) and _TOTAL.match(cell) for cell in filled)


def _note_blank_rows(lines: Sequence[Line], report: Report) -> None:
    for upper, lower in pairwise(lines):
        for number in range(upper.number + 1, lower.number):
            report.add_notice(_BLANK, number)


def _note_cells_without_heading(
    header: Line, cases: Sequence[Line], report: Report
) -> None:
    for line in cases:
        for place, cell in enumerate(line.cells):
            if cell != "" and _heading(header, place) == "":
                report.add_notice(
                    f"Column {column_letters(place)} has no heading, so we left it out",
                    line.number,
                )


def _heading(header: Line, place: int) -> Cell:
    return header.cells[place] if place < len(header.cells) else ""


def _check_lengths(header: Line, cases: Sequence[Line], report: Report) -> list[Line]:
    """The lines of a CSV file without those in which a comma too many moves all later
    cells into the next column.
    """
    headed = max(place for place, cell in enumerate(header.cells) if cell != "") + 1
    fitting = []
    for line in cases:
        if any(cell != "" for cell in line.cells[len(header.cells) :]):
            report.add_problem(line.number, WHOLE_ROW, _TOO_MANY_CELLS)
            continue
        if len(line.cells) < headed:
            report.add_notice(_TOO_FEW_CELLS, line.number)
        fitting.append(line)
    return fitting


def _note_western(lines: Sequence[Line], report: Report) -> None:
    for line in lines:
        if not all(str(cell).isascii() for cell in line.cells):
            report.add_notice(_WESTERN, line.number)
