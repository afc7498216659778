"""Compares a row with the case that was imported with the same id."""

import hashlib
import json
from collections.abc import Iterator

from bids.models import Expression
from funding.domain.importing.existing_data import normalise_name
from funding.domain.importing.planned_case import EXPRESSION, PlannedCase
from funding.models import Award
from innovation.core import clock


def digest(case: PlannedCase) -> str:
    """A digest of the facts, which does not depend on how the file writes them."""
    values = (
        case.title,
        case.round and case.round.key,
        case.on,
        case.precision,
        _name_in_digest(case.lead_as_written),
        [_name_in_digest(partner.name) for partner in case.partners],
        [council.dfe_number for council in case.councils],
        case.focus_area,
        case.idea_as_written,
        case.maturity and case.maturity.code,
        case.amount,
        case.amount_precision,
        case.financial_year,
        case.outcome,
        case.ended_on,
        case.source,
        " ".join(case.notes.split()),
    )
    return hashlib.sha256(json.dumps(values, default=str).encode()).hexdigest()


def _name_in_digest(name: str) -> str:
    """It must never change: a past import is compared by its digest."""
    return " ".join(name.replace("’", "'").casefold().split())


def changed_columns(case: PlannedCase, subject: str) -> list[str]:
    """The changed columns, of those whose values are stored as they are."""
    compare = _expression_columns if case.kind == EXPRESSION else _award_columns
    return [
        column
        for column, saved, imported in compare(case, subject)
        if saved != imported
    ]


def _expression_columns(
    case: PlannedCase, subject: str
) -> Iterator[tuple[str, object, object]]:
    expression = Expression.objects.select_related("lead").get(key=subject)
    yield from _common_columns(case, expression)
    submitted = expression.submitted_at and clock.london_day(expression.submitted_at)
    yield "date", submitted, case.on
    yield "lead organisation", expression.lead.name, case.lead and case.lead.name
    yield (
        "amount",
        [row.amount for row in expression.money.all()],
        _as_list(case.amount),
    )
    yield "outcome", expression.state, case.outcome
    yield "notes", expression.summary.split(), case.notes.split()


def _award_columns(
    case: PlannedCase, subject: str
) -> Iterator[tuple[str, object, object]]:
    award = Award.objects.get(key=subject)
    yield from _common_columns(case, award)
    yield "date", award.dated_on, case.on
    lead = normalise_name(award.lead_as_published)
    yield "lead organisation", lead, normalise_name(case.lead_as_written)
    yield "amount", award.amount, case.amount
    yield "amount precision", award.amount_precision, case.amount_precision
    yield "source", award.source, case.source
    yield "notes", award.notes.split(), case.notes.split()


def _common_columns(
    case: PlannedCase, saved: Expression | Award
) -> Iterator[tuple[str, object, object]]:
    yield "title", saved.title, case.title
    yield "round", saved.round_id, case.round and case.round.pk
    councils = set(saved.councils.values_list("pk", flat=True))
    yield "councils", councils, {organisation.pk for organisation in case.councils}
    partners = set(saved.partners.values_list("name", flat=True))
    yield "partners", partners, {organisation.name for organisation in case.partners}


def _as_list(value: object) -> list[object]:
    return [] if value is None else [value]
