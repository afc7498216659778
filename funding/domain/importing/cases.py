"""One line of a sheet, read as a past expression of interest or award."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any, TypeVar

from bids.domain.registers import named_in
from bids.states import ExpressionState
from funding.domain.importing import amounts, dates, values
from funding.domain.importing.columns import Headers
from funding.domain.importing.known import Known, plain
from funding.domain.importing.planned import AWARD, EXPRESSION, KINDS, OUTCOMES, Case
from funding.domain.importing.tables import Cell
from innovation.core.lines import one_line

_SEVERAL_LINES = {"notes"}
"""Columns whose cells may hold them; any other is folded."""
_T = TypeVar("_T")


class Reader:
    """Reads lines against what is known; `problems` are of the line read last."""

    def __init__(self, known: Known, today: date, headers: Headers) -> None:
        self.known, self.today = known, today
        self.date_header = headers.written.get("date", "date")
        self.amount = partial(amounts.amount, unit=headers.unit)
        self.problems: list[tuple[str, str]] = []
        self.unread: set[str] = set()

    def expect(self, cells: Mapping[str, Cell]) -> None:
        """Leads that are new are known as partners in every row of the file."""
        lead, kind = (
            one_line(values.text(cells.get(column, "")))
            for column in ("lead organisation", "lead type")
        )
        self.known.expect(lead, kind)

    def read(self, cells: Mapping[str, Cell]) -> Case:
        self.problems, self.unread = [], set()
        self.cells = {column: self._value(column, cells[column]) for column in cells}
        case = Case(date_kind=plain(self.date_header)[:60])
        self._what(case)
        self._when(case)
        self._who(case)
        self._idea(case)
        self._money(case)
        if case.kind == EXPRESSION:
            self._outcome(case)
        elif case.kind == AWARD:
            self._award(case)
        return case

    def _what(self, case: Case) -> None:
        kind = self._words("kind", required=True)
        case.kind = KINDS.get(kind.casefold(), "")
        if kind and not case.kind:
            self._wrong("kind", "Write EOI or award")
        case.sheet_id = self._words("id", required=True, most=100)
        case.title = self._words("title", required=True, most=200)
        written = self._words("round", required=True)
        case.round = self.known.rounds.get(plain(written))
        if written and case.round is None:
            self._wrong("round", f"“{written}” is not a round of the programme")
        case.notes = self._words("notes")

    def _when(self, case: Case) -> None:
        read = self._cell("date", dates.day, required=True)
        if read is None:
            return
        case.on, case.precision = read
        if case.on > self.today:
            self._wrong("date", "Write a date that has come; a month or a year counts "
                        "from its last day")  # fmt: skip

    def _who(self, case: Case) -> None:
        on = case.on or self.today
        case.lead_as_written = self._words("lead organisation", most=200)
        kind = self._words("lead type")
        if name := case.lead_as_written:
            lead = partial(self.known.lead, name, kind, on=on)
            case.lead = self._found("lead organisation", lead)
        for name in self._several("partners"):
            partner = self._found("partners", partial(self.known.partner, name, on=on))
            if partner is not None and partner not in case.partners:
                case.partners.append(partner)
        for name in self._several("councils"):
            look = partial(self.known.councils.resolve, name, on=on)
            council = self._found("councils", look)
            if council is not None and council not in case.councils:
                case.councils.append(council)
        if case.lead is not None and case.lead in case.partners:
            self._wrong("partners", "The lead organisation cannot be its own partner")

    def _found(self, column: str, look: Callable[[], _T]) -> _T | None:
        try:
            return look()
        except ValueError as problem:
            self._wrong(column, str(problem))
            return None

    def _idea(self, case: Case) -> None:
        case.focus_area = self._words("focus area", most=120)
        case.idea_as_written = self._words("idea type", most=120)
        case.idea_type = self.known.ideas.of(
            focus_area=case.focus_area, idea=case.idea_as_written
        ) or self.known.idea_types.get(plain(case.idea_as_written))
        maturity = self._words("maturity").casefold()
        case.maturity = self.known.stages.get(maturity)
        if maturity and case.maturity is None:
            self._wrong("maturity", "Write i1, i2 or i3")
        case.practice_models = named_in(case.title, self.known.models)

    def _money(self, case: Case) -> None:
        read = self._cell("amount", self.amount)
        if read is not None:
            case.amount, case.amount_precision = read
            stated = self._cell("amount precision", amounts.precision)
            case.amount_precision = stated or case.amount_precision
        case.financial_year = self._cell("financial year", dates.financial_year)

    def _outcome(self, case: Case) -> None:
        written = self._words("outcome").casefold().replace("_", " ")
        if written not in OUTCOMES:
            self._wrong(
                "outcome", "Write submitted, taken forward, declined or withdrawn"
            )
        case.outcome = OUTCOMES.get(written, ExpressionState.SUBMITTED)
        ended = self._cell("outcome date", dates.day)
        case.ended_on = ended[0] if ended else None
        if case.ended_on and case.on and case.ended_on < case.on:
            self._wrong("outcome date", "Write a date that is not before the date")
        if case.ended_on and case.outcome == ExpressionState.SUBMITTED:
            self._wrong("outcome", "Write what was decided, or empty the outcome date")
        if case.lead is None and not case.lead_as_written:
            self._wrong("lead organisation", "Write who submitted it")
        if case.idea_as_written and case.idea_type is None:
            self._wrong("idea type", f"“{case.idea_as_written}” is not an idea type")
        if case.amount is not None and case.financial_year is None:
            self._wrong("financial year", "Write the financial year of the amount")
        self._strand(case)

    def _strand(self, case: Case) -> None:
        if not case.focus_area or case.round is None:
            return
        strands = self.known.strands[case.round.pk]
        case.strand = strands.get(plain(case.focus_area))
        if case.strand is None:
            names = ", ".join(f"“{strand.name}”" for strand in strands.values())
            self._wrong("focus area", f"Write one of {names}")

    def _award(self, case: Case) -> None:
        case.source = self._words("source", required=True, most=400)

    # --- cells ----------------------------------------------------------------

    def _value(self, column: str, cell: Cell) -> Cell:
        """Nothing else is said of a cell that holds no value."""
        try:
            return values.given(cell)
        except ValueError as problem:
            self._wrong(column, str(problem))
            self.unread.add(column)
            return ""

    def _words(self, column: str, *, required: bool = False, most: int = 2_000) -> str:
        written = values.text(self.cells.get(column, "")).strip()
        written = written if column in _SEVERAL_LINES else one_line(written)
        if required and not written:
            self._wrong(column, f"Fill in the {column}")
        if len(written) > most:
            self._wrong(column, f"Write at most {most} characters")
        return written[:most]

    def _several(self, column: str) -> list[str]:
        return [part.strip() for part in self._words(column).split(";") if part.strip()]

    def _cell(
        self, column: str, read: Callable[[Any], _T], *, required: bool = False
    ) -> _T | None:
        cell = self.cells.get(column, "")
        if cell == "":
            if required:
                self._wrong(column, f"Fill in the {column}")
            return None
        return self._found(column, partial(read, cell))

    def _wrong(self, column: str, sentence: str) -> None:
        if column not in self.unread:
            self.problems.append((column, sentence))
