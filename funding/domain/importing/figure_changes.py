"""How past cases count, and what those of a file or a correction change of the public
figures.
"""

from dataclasses import dataclass
from datetime import date

from bids.domain import historic_expressions
from funding.domain import published_awards
from funding.domain.importing.planned_case import AWARD, PlannedCase
from funding.domain.importing.report import Report
from funding.domain.revisions import Effect, FundedProject, effect
from innovation.audit import events, figures


@dataclass(frozen=True, slots=True)
class Count:
    """From which day a case counts, and in which figures."""

    day: date
    tally: events.TallyChange


def count_of(case: PlannedCase) -> Count:
    assert case.on is not None
    if case.kind == AWARD:
        return Count(case.on, published_awards.tally(case.councils, case.idea_type))
    return Count(case.on, historic_expressions.TALLY)


def effect_of(report: Report, *, today: date) -> Effect:
    cases = [case for case, _ in report.cases]
    changes = figures.add_changes(_changes(case) for case in cases)
    return effect(changes, added=_funded_projects(*cases), today=today)


def effect_of_correction(
    before: PlannedCase, after: PlannedCase | None, *, today: date
) -> Effect:
    """`after` is `None` for a retraction."""
    kept = [after] if after else []
    changes = [_changes(before, times=-1), *map(_changes, kept)]
    return effect(
        figures.add_changes(changes),
        removed=_funded_projects(before),
        added=_funded_projects(*kept),
        today=today,
    )


def revises_past(report: Report, *, today: date) -> bool:
    """Whether a case was sent, awarded or decided on a day before today."""
    return any(
        day is not None and day < today
        for case, _ in report.cases
        for day in (case.on, case.ended_on)
    )


def _changes(case: PlannedCase, times: int = 1) -> figures.Changes:
    count = count_of(case)
    return figures.tally_changes(count.day, figures.multiply(count.tally, times))


def _funded_projects(*cases: PlannedCase) -> list[FundedProject]:
    """What the list of funded projects says of the awards among these cases."""
    return [
        FundedProject(
            case.round.name,
            case.lead.name if case.lead else case.lead_as_written,
            case.amount,
        )
        for case in cases
        if case.kind == AWARD and case.round is not None
    ]
