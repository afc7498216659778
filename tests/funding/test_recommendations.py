"""The Board's advice: what it needs, and what it does to the bid."""

from typing import Any

import pytest

from bids.models import BidMoney
from bids.states import BidState
from funding.domain import recommendations
from funding.models import AgendaItem, MoneyLine, Recommendation
from innovation.accounts.models import User
from innovation.audit import figures
from innovation.audit.models import Event
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.core.money import Money
from tests.database_guards import disable_guards
from tests.factories import cases, grants, users
from tests.funding.page_requests import client_for, get_status, page_url, post_form

pytestmark = pytest.mark.django_db


def record(item: AgendaItem, by: User | None = None, **advice: Any) -> Recommendation:
    values: dict[str, Any] = {
        "outcome": "fund",
        "amounts": grants.amounts(),
        "reasons": "Sound.",
    }
    return recommendations.record(
        item, by=by or users.secretary(), at=grants.MEETING_AT, **(values | advice)
    )


def test_advice_sends_the_bid_to_the_minister() -> None:
    advice = record(
        grants.discussed_item(grants.agenda_item()), dissent="One member would wait."
    )

    bid = cases.reload_bid(advice.bid)
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


def test_a_recommended_bid_no_longer_counts_as_in_development() -> None:
    item = grants.discussed_item(grants.agenda_item())
    assert figures.as_at(grants.MEETING_AT.date())["bids_in_development"] == 1

    record(item)

    assert figures.as_at(grants.MEETING_AT.date())["bids_in_development"] == 0


def test_a_recommendation_needs_a_held_meeting() -> None:
    with pytest.raises(TooLate):
        record(grants.agenda_item())


def test_only_the_secretary_records_it() -> None:
    item = grants.discussed_item(grants.agenda_item())

    for user in (users.member(), users.official(), users.minister(), users.outsider()):
        with pytest.raises(NotAllowed):
            record(item, by=user)


def test_a_member_with_an_interest_does_not_count_towards_the_quorum() -> None:
    members = grants.board_members(3)
    item = grants.discussed_item(grants.agenda_item(members=members, quorum=3))
    grants.interest(item.bid, members[0])

    with pytest.raises(Invalid) as raised:
        record(item)

    assert str(raised.value).startswith("Not enough members sat on this bid: 2")
    assert cases.reload_bid(item.bid).state == BidState.AT_BOARD


def test_an_absent_member_does_not_count_towards_the_quorum() -> None:
    members = grants.board_members(3)
    item = grants.agenda_item(members=members, quorum=3)

    with pytest.raises(Invalid):
        record(grants.discussed_item(item, present=members[:2]))


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
def test_an_inconsistent_recommendation_is_refused(
    advice: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as raised:
        record(grants.discussed_item(grants.agenda_item()), **advice)

    assert list(raised.value.problems) == [field]


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
def test_every_outcome_can_be_recorded(advice: dict[str, Any]) -> None:
    assert (
        record(grants.discussed_item(grants.agenda_item()), **advice).outcome
        == advice["outcome"]
    )


def test_a_recommendation_can_have_other_years_than_the_request() -> None:
    amounts = grants.amounts(3_000) | grants.amounts(5_000, 2015)

    advice = record(grants.discussed_item(grants.agenda_item()), amounts=amounts)

    assert dict(advice.amounts.values_list("financial_year", "amount")) == amounts


def test_a_bid_that_names_no_sum_can_be_funded() -> None:
    item = grants.discussed_item(grants.agenda_item())
    with disable_guards(BidMoney):
        item.bid.money.all().delete()

    assert record(item).outcome == "fund"


def test_deferring_sends_the_bid_back_to_wait() -> None:
    item = recommendations.defer(
        grants.discussed_item(grants.agenda_item()),
        reason="Costs.",
        by=users.secretary(),
        at=grants.MEETING_AT,
    )

    assert cases.reload_bid(item.bid).state == BidState.ASSESSED
    assert (item.deferred_at, item.deferral_reason) == (grants.MEETING_AT, "Costs.")
    assert not Recommendation.objects.exists()


def test_a_deferred_item_takes_no_advice() -> None:
    item = grants.discussed_item(grants.agenda_item())
    recommendations.defer(
        item, reason="Costs.", by=users.secretary(), at=grants.MEETING_AT
    )

    with pytest.raises(TooLate):
        record(item)


def test_a_bid_is_advised_on_only_once() -> None:
    item = grants.discussed_item(grants.agenda_item())
    record(item)

    with pytest.raises(TooLate):
        record(item)
    with pytest.raises(TooLate):
        recommendations.defer(
            item, reason="Costs.", by=users.secretary(), at=grants.MEETING_AT
        )

    assert Recommendation.objects.count() == 1
    secretary = users.secretary()
    for page in ("paper-recommend", "paper-defer"):
        assert get_status(secretary, page, item) == 409
        answer = client_for(secretary).post(
            page_url(page, item), {"outcome": "decline", "reasons": "x", "reason": "x"}
        )
        assert answer.status_code == 409


def test_the_secretary_defers_a_bid() -> None:
    item = grants.discussed_item(grants.agenda_item())

    post_form(users.secretary(), "paper-defer", item, reason="Costs.")

    assert cases.reload_bid(item.bid).state == BidState.ASSESSED


def test_a_decline_ignores_the_prefilled_amounts() -> None:
    item = grants.discussed_item(grants.agenda_item())

    post_form(
        users.secretary(),
        "paper-recommend",
        item,
        outcome="decline",
        amount_2014="8000",
        reasons="Too thin.",
    )

    assert Recommendation.objects.get().outcome == "decline"
