"""Awards known from published sources: no bid, state `recorded`, counted at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from bids.models import IdeaType, PracticeModel, Round
from funding.models import Award, MoneyLine
from funding.models.decision import MoneyStatus
from funding.states import AwardState
from innovation.audit import events
from innovation.audit.models import Chain
from innovation.core import clock
from innovation.core.money import Money
from innovation.organisations.models import Council, Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """An award as its sources give it. What they do not say stays empty."""

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
    facts: dict[str, str] = field(default_factory=dict)


def record(published: Published, *, by: events.Actor, at: datetime) -> Award:
    """Keep a published award. It is public, and in the figures, from the end of the
    London day it is dated on; `at` is when it was learned.
    """
    with transaction.atomic():
        award = _kept(published)
        award.save()
        award.partners.set(published.partners)
        award.councils.set(published.councils)
        award.practice_models.set(published.practice_models)
        if award.amount is not None:
            _money(award, award.amount, at)
        _record(award, published, by)
    return award


def _kept(published: Published) -> Award:
    return Award(
        chain=events.open_chain(Chain.Kind.CASE),
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
    )


def _money(award: Award, amount: Money, at: datetime) -> None:
    """No envelope and no year: the sources give a sum for the whole project."""
    MoneyLine.objects.create(
        award=award,
        status=MoneyStatus.APPROVED,
        amount=amount,
        precision=award.amount_precision,
        source=award.source[:300],
        recorded_at=at,
    )


def _record(award: Award, published: Published, by: events.Actor) -> None:
    numbers = sorted(council.dfe_number for council in published.councils)
    tally: dict[str, int | dict[str, int]] = {"projects_funded": 1}
    idea = published.idea_type
    if numbers and idea is not None and idea.redesigns_social_work:
        tally["councils_redesigning"] = dict.fromkeys(numbers, 1)
    events.record(
        award.chain,
        "award.recorded",
        subject=award.key,
        by=by,
        at=clock.end_of_day(award.dated_on),
        data={
            "councils": numbers,
            "date_precision": award.date_precision,
            **published.facts,
        },
        tally=tally,
        stage="award.recorded",
    )
