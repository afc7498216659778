"""Expressions of interest of the past, known from somebody’s records."""

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
from bids.models.application import COLLECTIONS
from innovation.accounts.models import User
from innovation.audit import events
from innovation.audit.models import Chain, Event
from innovation.core import clock
from innovation.core.money import Money
from innovation.core.rows import add_related
from innovation.organisations.models import Council, Organisation


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
    """Keep them, each with one event at the end of the day it was submitted, which is
    also when the figures begin to count it. `by` is who brings the records in.
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
        for name in COLLECTIONS:
            add_related(Expression, name, pairs)
        events.record_all(_build_event(kept, one, by) for kept, one in pairs)
    return made


def _build_expression(
    historic: HistoricExpression, chain: Chain, by: User
) -> Expression:
    submitted = clock.end_of_day(historic.submitted_on)
    return Expression(
        chain=chain,
        round=historic.round,
        lead=historic.lead,
        title=historic.title,
        summary=historic.summary,
        strand=historic.strand,
        maturity=historic.maturity,
        idea_type=historic.idea_type,
        state=historic.state,
        started_by=by,
        started_at=submitted,
        submitted_at=submitted,
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
