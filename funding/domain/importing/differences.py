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
    said = (
        case.title,
        case.round and case.round.key,
        case.on,
        case.precision,
        normalise_name(case.lead_as_written),
        [normalise_name(partner.name) for partner in case.partners],
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
    return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()


def changed_columns(case: PlannedCase, subject: str) -> list[str]:
    """The changed columns, of those whose values are stored as they are."""
    of = _expression_columns if case.kind == EXPRESSION else _award_columns
    return [column for column, kept, said in of(case, subject) if kept != said]


def _expression_columns(
    case: PlannedCase, subject: str
) -> Iterator[tuple[str, object, object]]:
    kept = Expression.objects.select_related("lead").get(key=subject)
    yield from _common_columns(case, kept)
    submitted = kept.submitted_at and clock.london_day(kept.submitted_at)
    yield "date", submitted, case.on
    yield "lead organisation", kept.lead.name, case.lead and case.lead.name
    yield "amount", [one.amount for one in kept.money.all()], _as_list(case.amount)
    yield "outcome", kept.state, case.outcome
    yield "notes", kept.summary.split(), case.notes.split()


def _award_columns(
    case: PlannedCase, subject: str
) -> Iterator[tuple[str, object, object]]:
    kept = Award.objects.get(key=subject)
    yield from _common_columns(case, kept)
    yield "date", kept.dated_on, case.on
    lead = normalise_name(kept.lead_as_published)
    yield "lead organisation", lead, normalise_name(case.lead_as_written)
    yield "amount", kept.amount, case.amount
    yield "source", kept.source, case.source
    yield "notes", kept.notes.split(), case.notes.split()


def _common_columns(
    case: PlannedCase, kept: Expression | Award
) -> Iterator[tuple[str, object, object]]:
    yield "title", kept.title, case.title
    yield "round", kept.round_id, case.round and case.round.pk
    councils = set(kept.councils.values_list("pk", flat=True))
    yield "councils", councils, {one.pk for one in case.councils}
    partners = set(kept.partners.values_list("name", flat=True))
    yield "partners", partners, {one.name for one in case.partners}


def _as_list(thing: object) -> list[object]:
    return [] if thing is None else [thing]
