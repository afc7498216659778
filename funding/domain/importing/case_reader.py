"""Reads a line of a sheet as a past expression of interest or award."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import TypeVar

from bids.domain.registers import practice_models_named_in
from bids.states import ExpressionState
from funding.domain.importing import amounts, dates, values
from funding.domain.importing.columns import Headers
from funding.domain.importing.existing_data import (
    ExistingData,
    Lead,
    applicant_type,
    normalise_name,
)
from funding.domain.importing.headings import COLUMNS
from funding.domain.importing.planned_case import (
    AWARD,
    EXPRESSION,
    KINDS,
    OUTCOMES,
    PlannedCase,
)
from funding.domain.importing.tables import Cell
from funding.models.award import DatePrecision
from funding.models.ledger import Precision
from innovation.core.lines import plain_lines, single_line
from innovation.organisations.models import Organisation

_MULTILINE_COLUMNS = {"notes"}
"""Columns that may have line breaks; others are folded into one line."""
_REQUIRED_COLUMNS = {column.name for column in COLUMNS if column.required}
_NUMBER_SCHEMES = {
    "lead identifier": "{}", "charity number": "GB-CHC-{}",
    "company number": "GB-COH-{}",
}  # fmt: skip
_ONLY_OF_EXPRESSIONS = ("maturity", "outcome", "outcome date")
_NOT_FUNDED = (
    ExpressionState.SUBMITTED, ExpressionState.DECLINED, ExpressionState.WITHDRAWN,
)  # fmt: skip
_T = TypeVar("_T")


class CaseReader:
    """Reads lines, using the existing data; `problems` are those of the last line."""

    def __init__(self, existing: ExistingData, today: date, headers: Headers) -> None:
        self.existing, self.today = existing, today
        self.date_header = headers.labels.get("date", "date")
        self.parse_amount = partial(amounts.amount, unit=headers.unit)
        self.problems: list[tuple[str, str]] = []
        self.columns_without_value: set[str] = set()

    def expect_lead(self, cells: Mapping[str, Cell]) -> None:
        """Note a new lead, so that all rows of the file can name it as a partner."""
        lead, kind = (
            single_line(values.text(cells.get(column, "")))
            for column in ("lead organisation", "lead type")
        )
        self.existing.expect_lead(lead, kind)

    def read(self, cells: Mapping[str, Cell]) -> PlannedCase:
        self.problems, self.columns_without_value = [], set()
        self.cells = {
            column: self._cell_value(column, cells[column]) for column in cells
        }
        case = PlannedCase(date_kind=single_line(self.date_header).casefold()[:60])
        self._read_identity(case)
        self._read_date(case)
        self._read_organisations(case)
        self._read_idea(case)
        self._read_amount(case)
        if case.kind == EXPRESSION:
            self._read_outcome(case)
        elif case.kind == AWARD:
            self._read_award(case)
        return case

    def _read_identity(self, case: PlannedCase) -> None:
        kind = self._text("kind", required=True)
        case.kind = KINDS.get(kind.casefold(), "")
        if kind and not case.kind:
            self._add_problem("kind", "Write EOI or award")
        case.sheet_id = self._text("id", required=True, limit=100)
        case.title = self._text("title", required=True, limit=200)
        round_name = self._text("round", required=True)
        case.round = self.existing.rounds.get(normalise_name(round_name))
        if round_name and case.round is None:
            self._add_problem(
                "round", f"“{round_name}” is not a round of the programme"
            )
        case.notes = self._text("notes")

    def _read_date(self, case: PlannedCase) -> None:
        day_and_precision = self._parse_cell("date", dates.day, required=True)
        if day_and_precision is None:
            return
        case.on, case.precision = day_and_precision
        if case.precision != DatePrecision.DAY:
            case.remarks.append("A month or a year counts from its last day")
        self._require_past("date", case.on)

    def _require_past(self, column: str, day: date) -> None:
        if day > self.today:
            self._add_problem(
                column,
                "Write a date in the past; a month or a year counts from its last day",
            )

    def _read_organisations(self, case: PlannedCase) -> None:
        on = case.on or self.today
        case.lead_as_written = self._text("lead organisation", limit=200)
        kind = self._text("lead type")
        case.lead = self._lead_by_number(case, on)
        if (name := case.lead_as_written) and case.lead is None:
            lead = partial(self.existing.lead, name, kind, on=on)
            case.lead = self._attempt("lead organisation", lead)
        self._compare_lead_type(case, kind)
        for name in self._list("partners"):
            partner = self._attempt(
                "partners", partial(self.existing.partner, name, on=on)
            )
            if partner is not None and partner not in case.partners:
                case.partners.append(partner)
        for name in self._list("councils"):
            resolve = partial(self.existing.council, name, on=on)
            council = self._attempt("councils", resolve)
            if council is not None and council not in case.councils:
                case.councils.append(council)
        if case.lead is not None and case.lead in case.partners:
            self._add_problem(
                "partners", "The lead organisation cannot be its own partner"
            )

    def _lead_by_number(self, case: PlannedCase, on: date) -> Lead | None:
        """The lead that has one of the numbers; a problem if another one is named."""
        leads = dict[int, Organisation]()
        for column, scheme in _NUMBER_SCHEMES.items():
            number = self._text(column, limit=60).replace(" ", "")
            if not number:
                continue
            filled = number.zfill(8) if column == "company number" else number
            organisation = self.existing.known(scheme.format(filled), on=on)
            if organisation is None:
                case.remarks.append(
                    f"We do not know the {column}, so we left it out and used the name"
                )
                continue
            leads[organisation.pk] = organisation
            case.lead_as_written = case.lead_as_written or organisation.name
            by_name = self.existing.known(case.lead_as_written, on=on)
            if by_name not in (None, organisation) or len(leads) > 1:
                self._add_problem(
                    column,
                    f"“{number}” is the number of {organisation.name}. Correct it, or "
                    "the lead organisation",
                )
            elif by_name is None:
                case.remarks.append(
                    f"We do not know “{case.lead_as_written}”, so we took "
                    f"{organisation.name}, whose number it has"
                )
        return next(iter(leads.values()), None)

    def _compare_lead_type(self, case: PlannedCase, kind: str) -> None:
        if (
            isinstance(case.lead, Organisation)
            and kind
            and (applicant_type(kind) != case.lead.applicant_type)
        ):
            case.remarks.append(
                f"We left out the lead type “{kind}”, as {case.lead.name} is known "
                f"here as {case.lead.get_applicant_type_display()}"
            )

    def _attempt(self, column: str, read: Callable[[], _T]) -> _T | None:
        """The value; `None`, with a problem, if reading it raises `ValueError`."""
        try:
            return read()
        except ValueError as problem:
            self._add_problem(column, str(problem))
            return None

    def _read_idea(self, case: PlannedCase) -> None:
        case.focus_area = self._text("focus area", limit=120)
        case.idea_as_written = self._text("idea type", limit=120)
        case.idea_type = self.existing.ideas.idea_type(
            focus_area=case.focus_area, idea=case.idea_as_written
        ) or self.existing.idea_types.get(normalise_name(case.idea_as_written))
        maturity = self._text("maturity").casefold()
        case.maturity = self.existing.stages.get(maturity)
        if maturity and case.maturity is None:
            self._add_problem("maturity", "Write i1, i2 or i3")
        case.practice_models = practice_models_named_in(
            case.title, self.existing.practice_models
        )

    def _read_amount(self, case: PlannedCase) -> None:
        if currency := self._text("currency"):
            self._attempt("currency", partial(amounts.require_pounds, currency))
        amount_and_precision = self._parse_cell("amount", self.parse_amount)
        precision = self._parse_cell("amount precision", amounts.precision)
        case.financial_year = self._parse_cell("financial year", dates.financial_year)
        if amount_and_precision is not None:
            case.amount, case.amount_precision = amount_and_precision
            self._read_precision(case, precision)
        elif precision or case.financial_year:
            case.remarks.append(
                "The precision and the financial year are left out, as there is no "
                "amount"
            )

    def _read_precision(self, case: PlannedCase, precision: str | None) -> None:
        stated = {precision or "", case.amount_precision} - {"", Precision.NOT_STATED}
        if len(stated) > 1:
            self._add_problem(
                "amount precision",
                f"The amount says “{case.amount_precision}”: write the same here, or "
                "leave it empty",
            )
        elif stated:
            [case.amount_precision] = stated
        if case.kind == EXPRESSION and stated:
            case.remarks.append(
                "The precision is left out, as an EOI has only an amount"
            )

    def _read_outcome(self, case: PlannedCase) -> None:
        outcome = self._text("outcome").casefold().replace("_", " ")
        if outcome not in OUTCOMES:
            self._add_problem(
                "outcome", "Write submitted, taken forward, declined or withdrawn"
            )
        case.outcome = OUTCOMES.get(outcome, ExpressionState.SUBMITTED)
        end_and_precision = self._parse_cell("outcome date", dates.day)
        if end_and_precision:
            case.ended_on, _ = end_and_precision
            self._require_past("outcome date", case.ended_on)
        if case.ended_on and case.on and case.ended_on < case.on:
            self._add_problem(
                "outcome date", "Write a date that is not before the date"
            )
        if case.ended_on and case.outcome == ExpressionState.SUBMITTED:
            self._add_problem(
                "outcome", "Write what was decided, or empty the outcome date"
            )
        if self._text("source"):
            case.remarks.append("The source is left out, as only an award has one")
        if case.lead is None and not case.lead_as_written:
            self._add_problem("lead organisation", "Write who submitted it")
        if case.idea_as_written and case.idea_type is None:
            self._add_problem(
                "idea type", f"“{case.idea_as_written}” is not an idea type"
            )
        if case.amount is not None and case.financial_year is None:
            self._add_problem(
                "financial year", "Write the financial year of the amount"
            )
        elif case.amount is not None and case.financial_year is not None:
            case.money = {case.financial_year: case.amount}
        self._read_strand(case)

    def _read_strand(self, case: PlannedCase) -> None:
        if not case.focus_area or case.round is None:
            return
        strands = self.existing.strands[case.round.pk]
        case.strand = strands.get(normalise_name(case.focus_area))
        if case.strand is None:
            names = ", ".join(f"“{strand.name}”" for strand in strands.values())
            self._add_problem("focus area", f"Write one of {names}")

    def _read_award(self, case: PlannedCase) -> None:
        case.source = self._text("source", required=True, limit=400)
        outcome = self._text("outcome").casefold().replace("_", " ")
        if outcome and OUTCOMES.get(outcome) in _NOT_FUNDED:
            self._add_problem(
                "outcome", "An award was made: remove the row, or correct the outcome"
            )
        for column in _ONLY_OF_EXPRESSIONS:
            if self._text(column):
                case.remarks.append(f"The {column} is left out, as only an EOI has one")

    def _cell_value(self, column: str, cell: Cell) -> Cell:
        """The value of a cell; empty, with a problem, if there is none to take."""
        try:
            value = values.require_value(cell)
            if column != "notes" and values.is_placeholder(value):
                raise ValueError(
                    f"“{value}” is not a value: "
                    + (
                        f"fill in the {column}"
                        if column in _REQUIRED_COLUMNS
                        else "leave the cell empty where nothing is known"
                    )
                )
            return value
        except ValueError as problem:
            self._add_problem(column, str(problem))
            self.columns_without_value.add(column)
            return ""

    def _text(self, column: str, *, required: bool = False, limit: int = 2_000) -> str:
        fold = plain_lines if column in _MULTILINE_COLUMNS else single_line
        text = fold(values.text(self.cells.get(column, "")))
        if required and not text:
            self._add_problem(column, f"Fill in the {column}")
        if len(text) > limit:
            self._add_problem(column, f"Write at most {limit} characters")
        return text[:limit]

    def _list(self, column: str) -> list[str]:
        return [part.strip() for part in self._text(column).split(";") if part.strip()]

    def _parse_cell(
        self, column: str, read: Callable[[Cell], _T], *, required: bool = False
    ) -> _T | None:
        cell = self.cells.get(column, "")
        if cell == "":
            if required:
                self._add_problem(column, f"Fill in the {column}")
            return None
        return self._attempt(column, partial(read, cell))

    def _add_problem(self, column: str, sentence: str) -> None:
        if column not in self.columns_without_value:
            self.problems.append((column, sentence))
