"""Awards known from published sources: no bid, state `recorded`, counted at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from bids.models import IdeaType, PracticeModel, Round
from bids.models.application import COLLECTIONS
from funding.events import FundingEvent
from funding.models import Award, MoneyLine
from funding.models.ledger import MoneyStatus, Precision
from funding.states import AwardState
from innovation.audit import events
from innovation.audit.models import Chain, Event
from innovation.core import clock
from innovation.core.money import Money
from innovation.core.rows import add_related
from innovation.organisations.models import Council, Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedAward:
    """An award as in its sources; what they do not say is empty."""

    title: str
    round: Round
    dated_on: date
    date_precision: str
    date_kind: str
    source: str
    lead: Organisation | None = None
    lead_as_published: str = ""
    partners: Iterable[Organisation] = ()
    councils: Iterable[Council] = ()
    focus_area: str = ""
    idea_type: IdeaType | None = None
    idea_as_published: str = ""
    practice_models: Iterable[PracticeModel] = ()
    amount: Money | None = None
    amount_precision: str = ""
    amount_note: str = ""
    confidence: str = ""
    notes: str = ""
    revised_on: date | None = None
    demonstration: bool = False
    facts: dict[str, str] = field(default_factory=dict)


def record_all(
    published: Iterable[PublishedAward], *, by: events.Actor, at: datetime
) -> list[Award]:
    """Record published awards, each with one event. Each is public, and in the figures,
    from the end of the London day it is dated on; `at` is when it was recorded.
    """
    sources = list(published)
    with transaction.atomic():
        chains = Chain.objects.bulk_create(Chain(kind=Chain.Kind.CASE) for _ in sources)
        awards = Award.objects.bulk_create(
            _build_award(source, chain)
            for source, chain in zip(sources, chains, strict=True)
        )
        pairs = list(zip(awards, sources, strict=True))
        for name in COLLECTIONS:
            add_related(Award, name, pairs)
        MoneyLine.objects.bulk_create(
            _money_line(award, award.amount, at)
            for award in awards
            if award.amount is not None
        )
        events.record_all(_recorded_event(award, source, by) for award, source in pairs)
    return awards


def adjust_money(award: Award, source: str, *, at: datetime) -> None:
    """Add the line of the ledger that makes up the difference to the award’s amount."""
    is_recorded = award.state == AwardState.RECORDED
    amount = (award.amount if is_recorded else None) or Money(0)
    lines = award.money_lines.filter(status=MoneyStatus.APPROVED)
    difference = amount - sum((line.amount for line in lines), start=Money(0))
    if difference != Money(0):
        MoneyLine.objects.create(
            award=award,
            status=MoneyStatus.APPROVED,
            amount=difference,
            precision=award.amount_precision or Precision.NOT_STATED,
            source=f"correction {source}",
            recorded_at=at,
        )


def _build_award(published: PublishedAward, chain: Chain) -> Award:
    return Award(
        chain=chain,
        round=published.round,
        title=published.title,
        lead=published.lead,
        lead_as_published=published.lead_as_published,
        focus_area=published.focus_area,
        idea_type=published.idea_type,
        idea_as_published=published.idea_as_published,
        state=AwardState.RECORDED,
        amount=published.amount,
        amount_precision=published.amount_precision,
        amount_note=published.amount_note,
        dated_on=published.dated_on,
        date_precision=published.date_precision,
        date_kind=published.date_kind,
        announced_on=published.dated_on,
        source=published.source,
        confidence=published.confidence,
        notes=published.notes,
        revised_on=published.revised_on,
        demonstration=published.demonstration,
    )


def _money_line(award: Award, amount: Money, at: datetime) -> MoneyLine:
    """The line has no envelope or year: sources only give a sum for the project."""
    return MoneyLine(
        award=award,
        status=MoneyStatus.APPROVED,
        amount=amount,
        precision=award.amount_precision,
        source=award.source[:300],
        recorded_at=at,
    )


def tally(
    councils: Iterable[Council], idea_type: IdeaType | None
) -> dict[str, int | dict[str, int]]:
    """What a public award adds to the figures. The councils are those of awards whose
    idea redesigns social work; a council with two of them counts once.
    """
    counts: dict[str, int | dict[str, int]] = {"projects_funded": 1}
    numbers = council_numbers(councils)
    if numbers and idea_type is not None and idea_type.redesigns_social_work:
        counts["councils_redesigning"] = dict.fromkeys(numbers, 1)
    return counts


def council_numbers(councils: Iterable[Council]) -> list[str]:
    return sorted(council.dfe_number for council in councils)


def _recorded_event(award: Award, published: PublishedAward, by: events.Actor) -> Event:
    return events.draft(
        FundingEvent.AWARD_RECORDED,
        award,
        by=by,
        at=clock.end_of_day(award.dated_on),
        data={
            "councils": council_numbers(published.councils),
            "date_precision": award.date_precision,
            **published.facts,
        },
        tally=tally(published.councils, published.idea_type),
    )
