"""Checks a whole file, without writing anything."""

from collections.abc import Sequence
from datetime import date

from funding.domain.importing import columns, differences, file_reader
from funding.domain.importing.case_reader import CaseReader
from funding.domain.importing.columns import Headers
from funding.domain.importing.existing_data import ExistingData, normalise_name
from funding.domain.importing.file_reader import Line
from funding.domain.importing.planned_case import AWARD, PlannedCase
from funding.domain.importing.remarks import Remarks
from funding.domain.importing.report import MOST_PROBLEMS, Problem, Report
from funding.domain.importing.tables import UnreadableFile


def check_content(content: bytes, *, today: date) -> Report:
    """The report on a file; an unreadable file gives a report with one problem."""
    try:
        lines = file_reader.read(content)
    except UnreadableFile as problem:
        return Report(problems=[Problem(None, "", str(problem))])
    return check_lines(lines, today=today)


def check_lines(lines: Sequence[Line], *, today: date) -> Report:
    """The report on the lines, of which the first has the headers."""
    report = Report(rows=len(lines) - 1)
    headers = columns.read(lines[0])
    _check_headers(headers, lines, report)
    if report.problems:
        return report
    checker = _Checker(headers, ExistingData.load(), today, report)
    for line in lines[1:]:
        checker.reader.expect_lead(headers.cells(line))
    for line in lines[1:]:
        checker.check_line(line)
        if len(report.problems) >= MOST_PROBLEMS:
            break
    if not report.problems:
        report.notices += checker.notices()
    return report


def _check_headers(headers: Headers, lines: Sequence[Line], report: Report) -> None:
    first = lines[0].number
    for name in headers.missing:
        report.problems.append(
            Problem(first, name, f"Add a column “{name}”: the first row holds headers")
        )
    for header in headers.duplicates:
        report.problems.append(
            Problem(first, header, "Another column already has this: remove one")
        )
    for header, sentence in headers.problems:
        report.problems.append(Problem(first, header, sentence))
    for header in headers.unknown:
        report.notices.append(f"The column {header} is unknown, so we ignore it.")
    if not headers.missing and len(lines) == 1:
        report.problems.append(Problem(None, "", "There are headers but no cases."))


class _Checker:
    def __init__(
        self, headers: Headers, existing: ExistingData, today: date, report: Report
    ) -> None:
        self.headers, self.report = headers, report
        self.reader = CaseReader(existing, today, headers)
        self.ids: dict[tuple[str, str], int] = {}
        self.awards: dict[tuple[str, int, str], int] = {}
        self.remarks = Remarks()

    def notices(self) -> list[str]:
        newcomers = ", ".join(
            organisation.name
            for organisation in self.reader.existing.new_organisations.values()
        )
        added = f"New organisations will be added: {newcomers}."
        return [*self.remarks.sentences(), *([added] if newcomers else [])]

    def check_line(self, line: Line) -> None:
        case = self.reader.read(self.headers.cells(line))
        problems = list(self.reader.problems)
        digest = differences.digest(case)
        problems += self._check_id(case, digest, line.number)
        natural = (case.kind, case.sheet_id)
        imported = self.reader.existing.imported.get(natural)
        if imported is not None and imported.digest == digest and not problems:
            self.report.unchanged += 1
            return
        if not problems:
            problems = self._check_award(case, line.number)
        if problems:
            self._add_problems(line.number, problems)
        else:
            self.report.cases.append((case, digest))
            self.remarks.add(case, line.number)

    def _check_id(
        self, case: PlannedCase, digest: str, row: int
    ) -> list[tuple[str, str]]:
        """Report an id that is twice in the file, or was imported with other facts."""
        natural = (case.kind, case.sheet_id)
        if not all(natural):
            return []
        before = self.ids.setdefault(natural, row)
        if before != row:
            return [
                (
                    "id",
                    f"“{case.sheet_id}” is in rows {before} and {row}: each case needs "
                    "its own id",
                )
            ]
        imported = self.reader.existing.imported.get(natural)
        if imported is None or imported.digest == digest or self.reader.problems:
            return []
        columns = (
            ", ".join(differences.changed_columns(case, imported.subject))
            or "other facts"
        )
        return [
            ("id", f"“{case.sheet_id}” was imported before as {imported.subject} and "
             f"differs from it in: {columns}. An imported case does not change: to "
             "import the other rows, take this one out or put back its values. With "
             "another id the case would be counted twice")
        ]  # fmt: skip

    def _check_award(self, case: PlannedCase, row: int) -> list[tuple[str, str]]:
        if case.kind != AWARD or case.round is None:
            return []
        same = (
            normalise_name(case.title),
            case.round.pk,
            normalise_name(case.lead_as_written),
        )
        if same in self.reader.existing.awards:
            return [
                ("title", "This award has already been recorded, with the same lead")
            ]
        before = self.awards.setdefault(same, row)
        if before != row:
            return [("title", f"Rows {before} and {row} are the same award")]
        return []

    def _add_problems(self, row: int, problems: list[tuple[str, str]]) -> None:
        room = MOST_PROBLEMS - len(self.report.problems)
        if room == 1:
            self.report.problems.append(
                Problem(None, "", "There are more problems: correct these first.")
            )
        elif room > 1:
            self.report.problems += [
                Problem(row, self.headers.describe(column), sentence)
                for column, sentence in problems[: room - 1]
            ]
