"""Records past expressions of interest, from imported files."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from bids.events import BidsEvent
from bids.models import (
    Expression,
    IdeaType,
    MaturityStage,
    MoneyAsked,
    PracticeModel,
    Round,
    Strand,
)
from innovation.accounts.models import User
from innovation.audit import events
from innovation.audit.models import Chain, Event
from innovation.core import clock
from innovation.core.money import Money
from innovation.organisations.models import Council, Organisation

_COLLECTION_COLUMNS = {
    "partners": "organisation_id",
    "councils": "council_id",
    "practice_models": "practicemodel_id",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoricExpression:
    """A past expression. `state` is its final state, or `submitted`."""

    title: str
    round: Round
    lead: Organisation
    submitted_on: date
    state: str
    ended_on: date | None = None
    strand: Strand | None = None
    maturity: MaturityStage | None = None
    idea_type: IdeaType | None = None
    summary: str = ""
    money: dict[int, Money] = field(default_factory=dict)
    partners: tuple[Organisation, ...] = ()
    councils: tuple[Council, ...] = ()
    practice_models: tuple[PracticeModel, ...] = ()
    facts: dict[str, str] = field(default_factory=dict)


def record_all(
    known: Iterable[HistoricExpression], *, by: User, at: datetime
) -> list[Expression]:
    """Save them, each with an event at the end of the day it was submitted, from which
    the figures count it. `by` is the user who imports them.
    """
    told = list(known)
    with transaction.atomic():
        chains = Chain.objects.bulk_create(Chain(kind=Chain.Kind.CASE) for _ in told)
        made = Expression.objects.bulk_create(
            _build_expression(one, chain, by)
            for one, chain in zip(told, chains, strict=True)
        )
        pairs = list(zip(made, told, strict=True))
        MoneyAsked.objects.bulk_create(
            MoneyAsked(expression=kept, financial_year=year, amount=amount)
            for kept, one in pairs
            for year, amount in one.money.items()
        )
        for name, column in _COLLECTION_COLUMNS.items():
            _relate(pairs, name, column)
        events.record_all(_build_event(kept, one, by) for kept, one in pairs)
    return made


def _build_expression(one: HistoricExpression, chain: Chain, by: User) -> Expression:
    submitted = clock.end_of_day(one.submitted_on)
    return Expression(
        chain=chain,
        round=one.round,
        lead=one.lead,
        title=one.title,
        summary=one.summary,
        strand=one.strand,
        maturity=one.maturity,
        idea_type=one.idea_type,
        state=one.state,
        started_by=by,
        started_at=submitted,
        submitted_at=submitted,
    )


def _relate(
    pairs: list[tuple[Expression, HistoricExpression]], name: str, column: str
) -> None:
    through = getattr(Expression, name).through
    through.objects.bulk_create(
        through(expression_id=kept.pk, **{column: thing.pk})
        for kept, one in pairs
        for thing in getattr(one, name)
    )


def _build_event(kept: Expression, one: HistoricExpression, by: User) -> Event:
    ended = {"ended_on": one.ended_on.isoformat()} if one.ended_on else {}
    return events.draft(
        BidsEvent.EXPRESSION_RECORDED,
        kept,
        by=by,
        at=clock.end_of_day(one.submitted_on),
        data={"outcome": one.state, **ended, **one.facts},
        tally={"expressions": 1},
    )
