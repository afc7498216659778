"""Checks a whole file, without writing anything."""

from collections.abc import Sequence
from datetime import date

from funding.domain.importing import (
    differences,
    file_reader,
    layout_checker,
    table_parts,
)
from funding.domain.importing.case_reader import CaseReader
from funding.domain.importing.columns import Headers
from funding.domain.importing.existing_data import ExistingData, normalise_name
from funding.domain.importing.file_reader import Line, Table
from funding.domain.importing.planned_case import AWARD, PlannedCase
from funding.domain.importing.remarks import SimilarCases, remarks_on
from funding.domain.importing.report import Report
from funding.domain.importing.tables import UnreadableFile


def check_content(content: bytes, *, today: date) -> Report:
    """The report on a file; an unreadable file gives a report with one problem."""
    try:
        table = file_reader.read(content)
    except UnreadableFile as problem:
        report = Report()
        report.add_problem(None, "", str(problem))
        return report
    return check_table(table, today=today)


def check_table(table: Table, *, today: date) -> Report:
    report = Report()
    headers, header, cases = table_parts.read(table, report)
    report.rows = len(cases)
    layout_checker.check(table.layout, headers, header, cases, report)
    if not _check_headers(headers, header, cases, report):
        return report
    checker = _Checker(headers, ExistingData.load(), today, report)
    for line in cases:
        checker.reader.expect_lead(headers.cells(line))
    for line in cases:
        checker.check_line(line)
        if report.is_full:
            break
    if not report.problems:
        checker.add_notices()
    return report


def _check_headers(
    headers: Headers, header: Line, cases: Sequence[Line], report: Report
) -> bool:
    """Whether the lines can be read under these headers."""
    for name in headers.missing:
        report.add_problem(
            header.number, name, f"Add a column “{name}”: the first row holds headers"
        )
    for label in headers.duplicates:
        report.add_problem(
            header.number, label, "Two columns have this heading: remove one"
        )
    for label, sentence in headers.problems:
        report.add_problem(header.number, label, sentence)
    if headers.unknown:
        report.add_notice(_unknown_columns(headers.unknown))
    if not cases and not report.problems:
        report.add_problem(None, "", "There are headers but no cases.")
    return not (headers.missing or headers.duplicates or headers.problems)


def _unknown_columns(labels: Sequence[str]) -> str:
    if len(labels) == 1:
        return f"We do not know the column {labels[0]}, so we left it out."
    return f"We do not know the columns {', '.join(labels)}, so we left them out."


class _Checker:
    def __init__(
        self, headers: Headers, existing: ExistingData, today: date, report: Report
    ) -> None:
        self.headers, self.report = headers, report
        self.reader = CaseReader(existing, today, headers)
        self.ids: dict[tuple[str, str], int] = {}
        self.awards: dict[tuple[str, int, str], int] = {}
        self.similar = SimilarCases()

    def add_notices(self) -> None:
        for sentence, rows in self.similar.remarks():
            for row in rows:
                self.report.add_notice(sentence, row)
        names = ", ".join(
            organisation.name
            for organisation in self.reader.existing.new_organisations.values()
        )
        if names:
            self.report.add_notice(f"New organisations will be added: {names}.")

    def check_line(self, line: Line) -> None:
        case = self.reader.read(self.headers.cells(line))
        problems = list(self.reader.problems)
        digest = differences.digest(case)
        problems += self._check_id(case, digest, line.number)
        imported = self.reader.existing.imported.get((case.kind, case.sheet_id))
        if imported is not None and imported.digest == digest and not problems:
            self.report.unchanged += 1
            return
        if not problems:
            problems = self._check_award(case, line.number)
        if problems:
            for column, sentence in problems:
                self.report.add_problem(
                    line.number, self.headers.describe(column), sentence
                )
        else:
            self.report.cases.append((case, digest))
            self.similar.add(case, line.number)
            for remark in remarks_on(case):
                self.report.add_notice(remark, line.number)

    def _check_id(
        self, case: PlannedCase, digest: str, row: int
    ) -> list[tuple[str, str]]:
        """Report an id that is twice in the file, or was imported with other facts."""
        kind_and_id = (case.kind, case.sheet_id)
        if not all(kind_and_id):
            return []
        first_row = self.ids.setdefault(kind_and_id, row)
        if first_row != row:
            return [
                ("id", f"“{case.sheet_id}” is in rows {first_row} and {row}. Give "
                 "each case its own id")
            ]  # fmt: skip
        imported = self.reader.existing.imported.get(kind_and_id)
        if imported is None or imported.digest == digest or self.reader.problems:
            return []
        columns = (
            ", ".join(differences.changed_columns(case, imported.subject))
            or "other facts"
        )
        return [
            ("id", f"“{case.sheet_id}” was already imported as {imported.subject}, and "
             f"differs from it in: {columns}. You cannot change an imported case. To "
             "import the other rows, remove this row or restore its values. Do not "
             "give it another id, or the case will be counted twice")
        ]  # fmt: skip

    def _check_award(self, case: PlannedCase, row: int) -> list[tuple[str, str]]:
        if case.kind != AWARD or case.round is None:
            return []
        title_round_lead = (
            normalise_name(case.title),
            case.round.pk,
            normalise_name(case.lead_as_written),
        )
        if title_round_lead in self.reader.existing.awards:
            return [
                ("title", "This award has already been recorded, with the same lead")
            ]
        first_row = self.awards.setdefault(title_round_lead, row)
        if first_row != row:
            return [("title", f"Rows {first_row} and {row} are the same award")]
        return []
