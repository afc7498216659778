"""The Board's advice: what it needs, and what it does to the bid."""

import pytest

from bids.models import BidMoney
from bids.states import BidState
from funding.domain import interests, recommendations
from funding.models import MoneyLine, Recommendation
from innovation.audit import figures
from innovation.audit.models import Event
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.core.money import Money
from tests import cases, cast, grants
from tests.dates import MOMENT
from tests.unguarded import unguarded

pytestmark = pytest.mark.django_db


def record(item, by=None, **advice) -> Recommendation:
    given = {"outcome": "fund", "amounts": grants.amounts(), "reasons": "Sound."}
    return recommendations.record(
        item, by=by or cast.secretary(), at=grants.HELD, **(given | advice)
    )


def test_advice_sends_the_bid_to_the_minister() -> None:
    advice = record(grants.held(grants.item()), dissent="One member would wait.")

    bid = cases.bids_now(advice.bid)
    assert bid.state == BidState.WITH_MINISTER
    assert list(advice.amounts.values_list("financial_year", "amount")) == [
        (2014, Money.pounds(8_000))
    ]
    event = Event.objects.get(name="bid.recommended")
    assert event.data == {
        "recommendation": advice.key,
        "outcome": "fund",
        "meeting": advice.item.meeting.key,
        "amounts": {"2014": 800_000},
    }
    line = MoneyLine.objects.get(status="recommended")
    assert line.amount == Money.pounds(8_000)


def test_advice_takes_the_bid_out_of_those_worked_up() -> None:
    item = grants.held(grants.item())
    assert figures.as_at(grants.HELD.date())["bids_in_development"] == 1

    record(item)

    assert figures.as_at(grants.HELD.date())["bids_in_development"] == 0


def test_advice_needs_the_meeting_held() -> None:
    with pytest.raises(TooLate):
        record(grants.item())


def test_only_the_secretary_records_it() -> None:
    item = grants.held(grants.item())

    for who in (cast.member(), cast.official(), cast.minister(), cast.outsider()):
        with pytest.raises(NotAllowed):
            record(item, by=who)


def test_a_member_with_an_interest_does_not_count_towards_the_quorum() -> None:
    members = grants.board(3)
    item = grants.held(grants.item(members=members, quorum=3))
    interests.declare(
        item.bid,
        member=members[0],
        nature="A friend.",
        mitigation="leaves",
        by=members[0],
        at=MOMENT,
    )

    with pytest.raises(Invalid) as wrong:
        record(item)

    assert str(wrong.value).startswith("Not enough members sat on this bid: 2")
    assert cases.bids_now(item.bid).state == BidState.AT_BOARD


def test_a_member_who_stayed_away_does_not_count_either() -> None:
    members = grants.board(3)
    item = grants.item(members=members, quorum=3)

    with pytest.raises(Invalid):
        record(grants.held(item, present=members[:2]))


@pytest.mark.parametrize(
    ("advice", "field"),
    [
        ({"reasons": ""}, "reasons"),
        ({"amounts": {}}, "amounts"),
        ({"outcome": "decline"}, "amounts"),
        ({"outcome": "fund_with_conditions"}, "conditions"),
        ({"outcome": "fund_less"}, "amounts"),
        ({"outcome": "seed_first", "amounts": grants.amounts(10_001)}, "amounts"),
        ({"amounts": {2014: Money(0)}}, "amounts"),
        ({"amounts": grants.amounts(8_001)}, "amounts"),
        ({"amounts": grants.amounts(4_000) | grants.amounts(4_001, 2015)}, "amounts"),
        ({"outcome": "seed_first", "amounts": grants.amounts(8_001)}, "amounts"),
        (
            {
                "outcome": "fund_with_conditions",
                "conditions": "Find a match.",
                "amounts": grants.amounts(8_001),
            },
            "amounts",
        ),
    ],
)
def test_advice_that_does_not_hold_together_is_refused(advice, field) -> None:
    with pytest.raises(Invalid) as wrong:
        record(grants.held(grants.item()), **advice)

    assert list(wrong.value.problems) == [field]


@pytest.mark.parametrize(
    "advice",
    [
        {"outcome": "fund"},
        {"outcome": "fund_less", "amounts": grants.amounts(7_000)},
        {"outcome": "fund_with_conditions", "conditions": "Find a match."},
        {"outcome": "seed_first"},
        {"outcome": "decline", "amounts": {}},
    ],
)
def test_every_outcome_can_be_recorded(advice) -> None:
    assert record(grants.held(grants.item()), **advice).outcome == advice["outcome"]


def test_the_years_may_be_others_than_those_asked_for() -> None:
    amounts = grants.amounts(3_000) | grants.amounts(5_000, 2015)

    advice = record(grants.held(grants.item()), amounts=amounts)

    assert dict(advice.amounts.values_list("financial_year", "amount")) == amounts


def test_a_bid_that_names_no_sum_can_be_funded() -> None:
    item = grants.held(grants.item())
    with unguarded(BidMoney):
        item.bid.money.all().delete()

    assert record(item).outcome == "fund"


def test_deferring_sends_the_bid_back_to_wait() -> None:
    item = recommendations.defer(
        grants.held(grants.item()), reason="Costs.", by=cast.secretary(), at=grants.HELD
    )

    assert cases.bids_now(item.bid).state == BidState.ASSESSED
    assert (item.deferred_at, item.deferral_reason) == (grants.HELD, "Costs.")
    assert not Recommendation.objects.exists()


def test_a_deferred_item_takes_no_advice() -> None:
    item = grants.held(grants.item())
    recommendations.defer(item, reason="Costs.", by=cast.secretary(), at=grants.HELD)

    with pytest.raises(TooLate):
        record(item)
