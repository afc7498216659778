"""In what a row differs from the case that was brought in under its id."""

from collections.abc import Iterator

from bids.models import Expression
from funding.domain.importing.cases import EXPRESSION, Case
from funding.domain.importing.known import plain
from funding.models import Award
from innovation.core import clock


def from_kept(case: Case, subject: str) -> list[str]:
    """The columns, as far as what they say is kept in the same words."""
    of = _of_expression if case.kind == EXPRESSION else _of_award
    return [column for column, kept, said in of(case, subject) if kept != said]


def _of_expression(case: Case, subject: str) -> Iterator[tuple[str, object, object]]:
    kept = Expression.objects.select_related("lead").get(key=subject)
    yield from _of_both(case, kept)
    submitted = kept.submitted_at and clock.london_day(kept.submitted_at)
    yield "date", submitted, case.on
    yield "lead organisation", kept.lead.name, case.lead and case.lead.name
    yield "amount", [one.amount for one in kept.money.all()], _listed(case.amount)
    yield "outcome", kept.state, case.outcome
    yield "notes", kept.summary.split(), case.notes.split()


def _of_award(case: Case, subject: str) -> Iterator[tuple[str, object, object]]:
    kept = Award.objects.get(key=subject)
    yield from _of_both(case, kept)
    yield "date", kept.dated_on, case.on
    lead = plain(kept.lead_as_published)
    yield "lead organisation", lead, plain(case.lead_as_written)
    yield "amount", kept.amount, case.amount
    yield "source", kept.source, case.source
    yield "notes", kept.notes.split(), case.notes.split()


def _of_both(
    case: Case, kept: Expression | Award
) -> Iterator[tuple[str, object, object]]:
    yield "title", kept.title, case.title
    yield "round", kept.round_id, case.round and case.round.pk
    councils = set(kept.councils.values_list("pk", flat=True))
    yield "councils", councils, {one.pk for one in case.councils}
    partners = set(kept.partners.values_list("name", flat=True))
    yield "partners", partners, {one.name for one in case.partners}


def _listed(thing: object) -> list[object]:
    return [] if thing is None else [thing]
