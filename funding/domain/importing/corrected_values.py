"""The columns of imported cases that two people can correct: how the right value is
read, and what pages show of a value.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from funding.domain.importing import value_reader as readers
from funding.domain.importing.planned_case import AWARD, PlannedCase
from funding.domain.queries import published_awards
from funding.models import Award
from innovation.core import clock
from innovation.core.folding import fold
from innovation.core.formatting import format_date


class Named(Protocol):
    name: str


@dataclass(frozen=True, slots=True)
class Column:
    """`attributes` are what it fills in of a case, and `of_award` what besides of an
    award.
    """

    text: Callable[[PlannedCase], str]
    read: readers.Reader
    attributes: tuple[str, ...]
    of_award: tuple[str, ...] = ()


def read(case: PlannedCase, column: str, value: str, *, today: date) -> PlannedCase:
    """The case with this value of the column, written as a sheet would have it. Raise
    `Invalid` if it cannot be read.
    """
    declared = COLUMNS[column]
    planned = declared.read(readers.ValueReader(case, column, today), value)
    is_award = case.kind == AWARD
    names = declared.attributes + (declared.of_award if is_award else ())
    return replace(case, **{name: getattr(planned, name) for name in names})


def text(case: PlannedCase, column: str) -> str:
    """The value as pages show it; empty if it is not known."""
    return COLUMNS[column].text(case)


def _date(case: PlannedCase) -> str:
    if case.kind == AWARD:
        return published_awards.award_date(_award(case))
    return format_date(case.on) if case.on else ""


def _outcome(case: PlannedCase) -> str:
    words = case.outcome.replace("_", " ").capitalize()
    return f"{words} on {format_date(case.ended_on)}" if case.ended_on else words


def _lead(case: PlannedCase) -> str:
    """As the source names it, with the name in the register if that is another."""
    registered = case.lead.name if case.lead else ""
    written = case.lead_as_written or registered
    if registered and fold(registered) != fold(written):
        return f"{written} ({registered})"
    return written


def _amount(case: PlannedCase) -> str:
    if case.kind == AWARD:
        return published_awards.amount(_award(case))
    return "\n".join(
        f"{amount} in {clock.financial_year_name(year)}"
        for year, amount in sorted(case.money.items())
    )


def _idea(case: PlannedCase) -> str:
    return published_awards.idea(_award(case))


def _award(case: PlannedCase) -> Award:
    """An unsaved award with what the words for the public depend on."""
    return Award(
        dated_on=case.on or date.min,
        date_precision=case.precision,
        amount=case.amount,
        amount_precision=case.amount_precision,
        idea_type=case.idea_type,
        idea_as_published=case.idea_as_written,
    )


def _names(rows: Iterable[Named]) -> str:
    return "; ".join(sorted(row.name for row in rows))


COLUMNS = {
    "title": Column(lambda case: case.title, readers.cell, ("title",)),
    "date": Column(_date, readers.cell, ("on", "precision")),
    "outcome": Column(_outcome, readers.outcome, ("outcome", "ended_on")),
    "lead organisation": Column(_lead, readers.lead, ("lead", "lead_as_written")),
    "partners": Column(
        lambda case: _names(case.partners), readers.partners, ("partners",)
    ),
    "councils": Column(
        lambda case: _names(case.councils), readers.listed, ("councils",)
    ),
    "amount": Column(_amount, readers.amount, ("money", "amount", "amount_precision")),
    "round": Column(
        lambda case: case.round.name if case.round else "",
        readers.round,
        ("round", "strand"),
    ),
    # An idea type can mean another thing in another focus area.
    "focus area": Column(
        lambda case: case.strand.name if case.strand else case.focus_area,
        readers.cell,
        ("strand", "focus_area"),
        of_award=("idea_type",),
    ),
    "idea type": Column(
        _idea, readers.cell, ("idea_type",), of_award=("idea_as_written",)
    ),
    "maturity": Column(
        lambda case: case.maturity.label if case.maturity else "",
        readers.cell,
        ("maturity",),
    ),
    "practice models": Column(
        lambda case: _names(case.practice_models),
        readers.practice_models,
        ("practice_models",),
    ),
    "source": Column(lambda case: case.source, readers.cell, ("source",)),
    "notes": Column(lambda case: case.notes, readers.cell, ("notes",)),
}
