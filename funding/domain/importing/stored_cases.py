"""Imported cases as they are stored now, in the shape in which a sheet is read."""

from bids.domain import historic_expressions
from bids.models import Expression
from funding.domain.importing.planned_case import AWARD, EXPRESSION, PlannedCase
from funding.models import Award
from innovation.core import clock


def read(case: Award | Expression) -> PlannedCase:
    """What corrections start from. Of an expression it has no precision of the date."""
    planned = PlannedCase(
        title=case.title,
        round=case.round,
        lead=case.lead,
        partners=list(case.partners.all()),
        councils=list(case.councils.all()),
        idea_type=case.idea_type,
        practice_models=list(case.practice_models.all()),
    )
    if isinstance(case, Award):
        _add_facts_of_award(planned, case)
    else:
        _add_facts_of_expression(planned, case)
    return planned


def _add_facts_of_award(planned: PlannedCase, award: Award) -> None:
    planned.kind = AWARD
    planned.on, planned.precision = award.dated_on, award.date_precision
    planned.lead_as_written = award.lead_as_published
    planned.focus_area = award.focus_area
    planned.idea_as_written = award.idea_as_published
    planned.amount = award.amount
    planned.amount_precision = award.amount_precision
    planned.source, planned.notes = award.source, award.notes


def _add_facts_of_expression(planned: PlannedCase, expression: Expression) -> None:
    assert expression.submitted_at is not None
    planned.kind = EXPRESSION
    planned.on = clock.london_day(expression.submitted_at)
    planned.strand, planned.maturity = expression.strand, expression.maturity
    planned.focus_area = expression.strand.name if expression.strand else ""
    planned.money = expression.money.by_year()
    planned.outcome = expression.state
    planned.ended_on = historic_expressions.ended_on(expression)
    planned.notes = expression.summary
