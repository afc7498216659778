"""What the cases of a file change of the public figures."""

from datetime import date

from bids.domain import historic_expressions
from funding.domain import published_awards
from funding.domain.importing.planned_case import AWARD, PlannedCase
from funding.domain.importing.report import Report
from funding.domain.revisions import Effect, FundedProject, effect
from innovation.audit import figures


def effect_of(report: Report, *, today: date) -> Effect:
    cases = [case for case, _ in report.cases]
    changes = figures.add_changes(_changes(case) for case in cases)
    added = [_funded_project(case) for case in cases if case.kind == AWARD]
    return effect(changes, added=added, today=today)


def revises_past(report: Report, *, today: date) -> bool:
    """Whether a case was sent, awarded or decided on a day before today."""
    return any(
        day is not None and day < today
        for case, _ in report.cases
        for day in (case.on, case.ended_on)
    )


def _changes(case: PlannedCase) -> figures.Changes:
    assert case.on is not None
    if case.kind == AWARD:
        tally = published_awards.tally(case.councils, case.idea_type)
        return figures.tally_changes(case.on, tally)
    return figures.tally_changes(case.on, historic_expressions.TALLY)


def _funded_project(case: PlannedCase) -> FundedProject:
    assert case.round is not None
    organisation = case.lead.name if case.lead else case.lead_as_written
    return FundedProject(case.round.name, organisation, case.amount)
