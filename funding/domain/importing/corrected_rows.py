"""Writes a corrected column of an imported case to its row."""

from collections.abc import Mapping

from bids.models import Expression
from bids.models.application import COLLECTIONS
from bids.models.expression import CORRECTED_FIELDS as FIELDS_OF_EXPRESSIONS
from funding.domain.importing.new_organisations import NewOrganisations
from funding.domain.importing.planned_case import PlannedCase
from funding.models import Award
from funding.models.award import CORRECTED_FIELDS as FIELDS_OF_AWARDS
from innovation.core import clock


def columns_of(case: Award | Expression) -> list[str]:
    """The columns that can be corrected."""
    return list(FIELDS_OF_AWARDS if isinstance(case, Award) else FIELDS_OF_EXPRESSIONS)


def write_award(
    award: Award, column: str, planned: PlannedCase, new: NewOrganisations
) -> None:
    """Write what the column says, and on which day the award was revised."""
    values = {
        "title": planned.title,
        "dated_on": planned.on,
        "date_precision": planned.precision,
        "announced_on": planned.on,
        "lead": new.find(planned.lead),
        "lead_as_published": planned.lead_as_written,
        "partners": new.find_all(planned.partners),
        "councils": planned.councils,
        "amount": planned.amount,
        "amount_precision": planned.amount_precision,
        "round": planned.round,
        "focus_area": planned.focus_area,
        "idea_type": planned.idea_type,
        "idea_as_published": planned.idea_as_written,
        "practice_models": planned.practice_models,
        "source": planned.source,
        "notes": planned.notes,
    }
    names = FIELDS_OF_AWARDS[column]
    award.revised_on = clock.london_day(new.at)
    _write(
        award, {name: values[name] for name in names} | {"revised_on": award.revised_on}
    )


def write_expression(
    expression: Expression, column: str, planned: PlannedCase, new: NewOrganisations
) -> None:
    assert planned.on is not None
    submitted = clock.end_of_day(planned.on)
    values = {
        "title": planned.title,
        "submitted_at": submitted,
        "started_at": submitted,
        "state": planned.outcome,
        "lead": new.find(planned.lead),
        "partners": new.find_all(planned.partners),
        "councils": planned.councils,
        "round": planned.round,
        "strand": planned.strand,
        "idea_type": planned.idea_type,
        "maturity": planned.maturity,
        "practice_models": planned.practice_models,
        "summary": planned.notes,
    }
    if column == "amount":
        expression.money.all().delete()
        expression.money.create_years(planned.money, expression=expression)
    else:
        _write(
            expression, {name: values[name] for name in FIELDS_OF_EXPRESSIONS[column]}
        )


def _write(case: Award | Expression, values: Mapping[str, object]) -> None:
    for name, value in values.items():
        if name in COLLECTIONS:
            getattr(case, name).set(value)
        else:
            setattr(case, name, value)
    if columns := [name for name in values if name not in COLLECTIONS]:
        case.save(update_fields=columns)
