"""Expressions of interest from before the service, which an import writes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from bids.events import IMPORT_EVENTS, BidsEvent
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

TALLY = {"expressions": 1}
"""What a past expression adds to the figures."""


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
    historic: Iterable[HistoricExpression], *, by: User, at: datetime
) -> list[Expression]:
    """Save them, each with one event at the end of the day it was submitted, from which
    the figures count it. `by` is whoever imports the records.
    """
    sources = list(historic)
    with transaction.atomic():
        chains = Chain.objects.bulk_create(Chain(kind=Chain.Kind.CASE) for _ in sources)
        expressions = Expression.objects.bulk_create(
            _build_expression(source, chain, by)
            for source, chain in zip(sources, chains, strict=True)
        )
        pairs = list(zip(expressions, sources, strict=True))
        MoneyAsked.objects.bulk_create(
            MoneyAsked(expression=expression, financial_year=year, amount=amount)
            for expression, source in pairs
            for year, amount in source.money.items()
        )
        for name in COLLECTIONS:
            add_related(Expression, name, pairs)
        events.record_all(
            _build_event(expression, source, by) for expression, source in pairs
        )
    return expressions


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
        # What a made-up person imports is made up.
        demonstration=by.demonstration,
    )


def _build_event(
    expression: Expression, historic: HistoricExpression, by: User
) -> Event:
    return events.draft(
        BidsEvent.EXPRESSION_RECORDED,
        expression,
        by=by,
        at=clock.end_of_day(historic.submitted_on),
        data=_outcome_facts(historic.state, historic.ended_on) | historic.facts,
        tally=TALLY,
    )


def _outcome_facts(state: str, ended_on: date | None) -> dict[str, str]:
    end = {"ended_on": ended_on.isoformat()} if ended_on else {}
    return {"outcome": state, **end}


def ended_on(expression: Expression) -> date | None:
    """The day of the outcome, if the import or a correction gives it."""
    stated = expression.chain.events.filter(
        name__in=IMPORT_EVENTS, data__has_key="outcome"
    )
    text = stated.latest("seq").data.get("ended_on")
    return date.fromisoformat(text) if text else None


def has_moved(expression: Expression) -> bool:
    """Whether people have decided on it, asked or written about it since its import."""
    moves = expression.chain.events.exclude(name__in=IMPORT_EVENTS)
    return moves.filter(
        ~Q(stage="") | Q(name=BidsEvent.EXPRESSION_MESSAGE_SENT)
    ).exists()


def restate(
    expression: Expression, ended_on: date | None, *, by: User, at: datetime
) -> None:
    """Record the stage of a corrected outcome; `at` is when the expression was sent.
    Nothing may have moved it since its import.
    """
    events.record(
        BidsEvent.EXPRESSION_RECOUNTED,
        expression,
        by=by,
        at=at,
        data=_outcome_facts(expression.state, ended_on),
    )
