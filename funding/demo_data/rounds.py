"""The made-up rounds: one of 2014 to 2015, two that are always open, one that closes
tomorrow and one that has just closed.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from bids.domain import standard_questions
from bids.events import BidsEvent
from bids.models import (
    Criterion,
    EligibilityCheck,
    Envelope,
    Round,
    Strand,
)
from bids.models.round import SEED_MAXIMUM, Route
from innovation.audit import events
from innovation.audit.models import Chain
from innovation.core.clock import LONDON, financial_year, london_day
from innovation.core.money import Money
from innovation.registers.models import Programme

PAST_ROUND = "Made-up round of 2014 (demonstration)"
OPEN_ROUND = "Open call (demonstration)"
SEED_ROUND = "Seed grants (demonstration)"
CLOSING_ROUND = "Living with relatives: call that closes tomorrow (demonstration)"
CLOSED_ROUND = "First homes: call that has closed (demonstration)"
OPEN_FOR = timedelta(days=500)
LEFT_IN_FIRST_STRAND, LEFT_IN_OTHERS = Money.pounds(150_000), Money.pounds(700_000)
"""Of each year’s budget of the open call, after all that is approved."""
STRANDS = (
    "Rethinking children’s social work",
    "Support for teenagers on the edge of care",
    "Other area of children’s social care",
)
CRITERIA = (
    (
        "Children’s lives",
        "How far it would change children’s lives for the better",
        "4: a large change, with evidence that it can be had. 2: a change that is "
        "plausible but not shown. 0: we cannot tell what would change.",
        3,
    ),
    (
        "New practice",
        "How far it goes beyond what is done today",
        "4: nobody in England works like this. 2: known elsewhere and new here. 0: it "
        "is what the area does already.",
        2,
    ),
    (
        "Value for money",
        "What it saves or avoids for what it costs",
        "4: the saving is worked out and larger than the cost. 2: there is a saving, "
        "roughly estimated. 0: no saving is shown.",
        2,
    ),
    (
        "Can be delivered",
        "Whether the partners, skills and time are there",
        "4: everybody needed has signed. 2: most are named. 0: nobody is named.",
        1,
    ),
)


CHECKS = (
    (
        "The lead is an organisation that can be funded",
        "A council, a trust, a charity, a company or a social enterprise, with an "
        "official number.",
    ),
    (
        "The work happens in England",
        "Look at the councils. Part of it may be elsewhere if England pays for none of "
        "that.",
    ),
    (
        "It is about children’s social care",
        "Schools, health and early years alone are funded elsewhere.",
    ),
    (
        "Nobody else pays for the same work",
        "Look at what the answers say of other money, and at related cases.",
    ),
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


class RoundsOfToday(NamedTuple):
    """`call` and `seed` are always open, `closing` closes tomorrow, and `closed` closed
    nine days ago.
    """

    call: Round
    seed: Round
    closing: Round
    closed: Round


def create_rounds_of_today(
    at: datetime, spent: Mapping[tuple[int, int], Money]
) -> RoundsOfToday | None:
    """Create the rounds; `None` if they exist already. `spent` is what will be approved
    in the open call, by the place of its strand and the financial year: little more is
    left.
    """
    if Round.objects.filter(name=OPEN_ROUND).exists():
        return None
    opens_at = at - OPEN_FOR
    rounds = RoundsOfToday(
        call=_create_round(
            OPEN_ROUND,
            route=Route.FULL,
            opens_at=opens_at,
            summary="A made-up call that is always open, for trying the service.",
            max_award=Money.pounds(3_000_000),
        ),
        seed=_create_round(
            SEED_ROUND,
            route=Route.SEED,
            opens_at=opens_at,
            summary="Made-up seed grants of up to £10,000, paid in one go.",
            max_award=SEED_MAXIMUM,
        ),
        closing=_create_round(
            CLOSING_ROUND,
            route=Route.FULL,
            opens_at=at - timedelta(days=55),
            closes_at=at_five(at + timedelta(days=1)),
            summary="A made-up call for ideas about children who live with relatives. "
            "It closes on the day after the demonstration was loaded.",
            max_award=Money.pounds(500_000),
        ),
        closed=_create_round(
            CLOSED_ROUND,
            route=Route.FULL,
            opens_at=at - timedelta(days=70),
            closes_at=at_five(at - timedelta(days=9)),
            summary="A made-up call for ideas about homes for care leavers, which has "
            "closed. One draft came too late.",
            max_award=Money.pounds(600_000),
        ),
    )
    this_year = financial_year(london_day(at))
    _create_call_envelopes(rounds.call, this_year, spent)
    years = [this_year, this_year + 1]
    _create_envelopes(rounds.seed, [this_year - 1, *years], Money.pounds(30_000))
    _create_envelopes(rounds.closing, years, Money.pounds(1_500_000))
    _create_envelopes(rounds.closed, years, Money.pounds(1_200_000))
    for round in rounds:
        assert round.opens_at is not None
        standard_questions.publish(round, by=events.SERVICE, at=round.opens_at)
    return rounds


def _create_call_envelopes(
    call: Round, this_year: int, spent: Mapping[tuple[int, int], Money]
) -> None:
    """Create an envelope of the first strand, and one of the others, for each year."""
    strands = list(call.strands.order_by("position"))
    for year in (this_year - 1, this_year, this_year + 1):
        first = spent.get((1, year), Money(0))
        others = sum((spent.get((place, year), Money(0)) for place in (2, 3)), Money(0))
        for strand, amount, left in (
            (strands[0], first, LEFT_IN_FIRST_STRAND),
            (None, others, LEFT_IN_OTHERS),
        ):
            Envelope.objects.create(
                round=call,
                strand=strand,
                financial_year=year,
                amount=_round_up(amount + left),
            )


def _round_up(amount: Money) -> Money:
    """The next whole £50,000."""
    step = Money.pounds(50_000).pence
    return Money(-(-amount.pence // step) * step)


def at_five(moment: datetime) -> datetime:
    """Five in the afternoon of that day, in London."""
    return moment.astimezone(LONDON).replace(hour=17, minute=0, second=0, microsecond=0)


def _create_round(
    name: str,
    *,
    route: Route,
    opens_at: datetime,
    summary: str,
    closes_at: datetime | None = None,
    max_award: Money | None = None,
) -> Round:
    programme = Programme.objects.get(main=True)
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
    for position, facts in enumerate(CRITERIA, start=1):
        criterion, description, guidance, weight = facts
        Criterion.objects.create(
            round=round,
            name=criterion,
            description=description,
            guidance=guidance,
            weight=weight,
            position=position,
        )
    for position, (wording, guidance) in enumerate(CHECKS, start=1):
        EligibilityCheck.objects.create(
            round=round, wording=wording, guidance=guidance, position=position
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
