"""The made-up rounds: one of 2014 to 2015, and two that are open today."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bids.domain import standard_questions
from bids.events import BidsEvent
from bids.models import (
    Criterion,
    Envelope,
    Programme,
    Round,
    Strand,
)
from bids.models.round import SEED_MAXIMUM, Route
from innovation.audit import events
from innovation.audit.models import Chain
from innovation.core.clock import LONDON, financial_year, london_day
from innovation.core.money import Money

PAST_ROUND = "Made-up round of 2014 (demonstration)"
OPEN_ROUND = "Open call (demonstration)"
SEED_ROUND = "Seed grants (demonstration)"
STRANDS = (
    "Rethinking children’s social work",
    "Support for teenagers on the edge of care",
    "Other area of children’s social care",
)
CRITERIA = (
    ("Children’s lives", "How far it would change children’s lives for the better", 3),
    ("New practice", "How far it goes beyond what is done today", 2),
    ("Value for money", "What it saves or avoids for what it costs", 2),
    ("Can be delivered", "Whether the partners, skills and time are there", 1),
)


def create_past_round() -> Round | None:
    """Create the past round; `None` if it exists already."""
    if Round.objects.filter(name=PAST_ROUND).exists():
        return None
    opens_at = datetime(2014, 6, 2, 9, tzinfo=LONDON)
    round = _create_round(
        PAST_ROUND,
        route=Route.FULL,
        opens_at=opens_at,
        closes_at=datetime(2015, 2, 27, 17, tzinfo=LONDON),
        summary="Made up to show the figures of February 2015.",
    )
    _create_envelopes(round, [2014, 2015], Money.pounds(15_000_000))
    return round


def create_open_rounds(at: datetime) -> tuple[Round, Round] | None:
    """Create the rolling round and the seed round; `None` if they exist already."""
    if Round.objects.filter(name=OPEN_ROUND).exists():
        return None
    opens_at = at - timedelta(days=120)
    call = _create_round(
        OPEN_ROUND,
        route=Route.FULL,
        opens_at=opens_at,
        summary="A made-up call that is always open, for trying the service.",
        max_award=Money.pounds(3_000_000),
    )
    seed = _create_round(
        SEED_ROUND,
        route=Route.SEED,
        opens_at=opens_at,
        summary="Made-up seed grants of up to £10,000, paid in one go.",
        max_award=SEED_MAXIMUM,
    )
    this_year = financial_year(london_day(at))
    _create_envelopes(call, [this_year, this_year + 1], Money.pounds(8_000_000))
    _create_envelopes(seed, [this_year, this_year + 1], Money.pounds(200_000))
    for round in (call, seed):
        standard_questions.publish(round, by=events.SERVICE, at=opens_at)
    return call, seed


def _create_round(
    name: str,
    *,
    route: Route,
    opens_at: datetime,
    summary: str,
    closes_at: datetime | None = None,
    max_award: Money | None = None,
) -> Round:
    programme = Programme.objects.get(slug="cscip")
    round = Round.objects.create(
        chain=events.open_chain(Chain.Kind.ROUND),
        programme=programme,
        name=name,
        summary=summary,
        route=route,
        opens_at=opens_at,
        closes_at=closes_at,
        max_award=max_award,
        published=True,
        demonstration=True,
    )
    for position, strand in enumerate(STRANDS, start=1):
        Strand.objects.create(
            round=round,
            name=strand,
            position=position,
            anything_else=strand == STRANDS[-1],
        )
    for position, (criterion, description, weight) in enumerate(CRITERIA, start=1):
        Criterion.objects.create(
            round=round,
            name=criterion,
            description=description,
            weight=weight,
            position=position,
        )
    events.record(
        BidsEvent.ROUND_PUBLISHED,
        round,
        by=events.SERVICE,
        at=opens_at,
        stage="round.published",
    )
    return round


def _create_envelopes(round: Round, years: Iterable[int], amount: Money) -> None:
    for year in years:
        Envelope.objects.create(round=round, financial_year=year, amount=amount)
