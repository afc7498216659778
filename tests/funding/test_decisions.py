"""The decision: departing from the advice, budgets, seed grants, feedback."""

from typing import Any

import pytest

from bids.models import Bid, Envelope
from bids.states import BidState
from funding.domain import decisions, ledger
from funding.models import Decision, MoneyLine
from innovation.accounts.models import User
from innovation.audit.models import Event
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.core.money import Money
from innovation.notifications.models import Letter
from tests.database_guards import force_update
from tests.factories import cases, grants, users

pytestmark = pytest.mark.django_db


def approve(
    bid: Bid, pounds: int = 8_000, by: User | None = None, **more: Any
) -> Decision:
    return decisions.approve(
        bid,
        amounts=more.pop("amounts", grants.amounts(pounds)),
        by=by or users.minister(),
        at=grants.MEETING_AT,
        **more,
    )


def decline(bid: Bid, by: User | None = None, **more: Any) -> Decision:
    feedback = more.pop("feedback", cases.feedback(bid.round))
    return decisions.decline(
        bid, feedback=feedback, by=by or users.minister(), at=grants.MEETING_AT, **more
    )


def reduce_envelope(bid: Bid, pounds: int) -> Envelope:
    force_update(bid.round.envelopes.all(), amount=Money.pounds(pounds))
    return bid.round.envelopes.get()


def test_approving_writes_the_money_and_a_letter() -> None:
    bid = grants.bid_with_minister()

    decision = approve(bid)

    assert cases.reload_bid(bid).state == BidState.APPROVED
    assert (decision.departs_from_advice, decision.overspend_by) == (False, "")
    line = MoneyLine.objects.get(status="approved")
    assert (line.envelope, line.amount) == (bid.round.envelopes.get(), Money(800_000))
    assert Letter.objects.filter(kind="decision_approved").exists()
    event = Event.objects.get(name="bid.approved")
    assert event.data["amounts"] == {"2014": 800_000}


@pytest.mark.parametrize(
    "role", ["official", "secretary", "member", "approver", "finance", "outsider"]
)
def test_only_the_ministers_office_decides(role: str) -> None:
    bid = grants.bid_with_minister()

    with pytest.raises(NotAllowed):
        approve(bid, by=getattr(users, role)())
    with pytest.raises(NotAllowed):
        decline(bid, by=getattr(users, role)())


def test_other_amounts_than_advised_need_a_reason() -> None:
    bid = grants.bid_with_minister()

    with pytest.raises(Invalid) as raised:
        approve(bid, 7_000)
    assert list(raised.value.problems) == ["reason"]

    decision = approve(bid, 7_000, reason="The match is larger now.")
    assert decision.departs_from_advice


def test_approving_against_the_advice_needs_a_reason() -> None:
    bid = grants.bid_with_minister(outcome="decline", amounts={})

    with pytest.raises(Invalid):
        approve(bid)

    assert approve(bid, reason="It matters to us.").departs_from_advice


def test_declining_against_the_advice_needs_a_reason() -> None:
    bid = grants.bid_with_minister()

    with pytest.raises(Invalid):
        decline(bid)

    decision = decline(bid, reason="Not now.")
    assert decision.departs_from_advice
    assert cases.reload_bid(bid).state == BidState.DECLINED
    assert bid.feedback.count() == 2
    assert Letter.objects.filter(kind="decision_declined").exists()


def test_declining_as_advised_needs_feedback_on_every_criterion() -> None:
    bid = grants.bid_with_minister(outcome="decline", amounts={})

    with pytest.raises(Invalid):
        decline(bid, feedback={})

    assert not decline(bid).departs_from_advice


def test_more_than_was_asked_for_is_not_approved_whatever_the_reason() -> None:
    bid = grants.bid_with_minister()

    with pytest.raises(Invalid) as raised:
        approve(bid, 8_001, reason="It matters to us.", overspend_reason="It does.")

    message = "The bid asks for £8,000 in total. Enter that or less"
    assert raised.value.problems == {"amounts": [message]}
    assert not Decision.objects.exists()


def test_more_than_the_largest_award_needs_a_reason_though_it_was_advised() -> None:
    bid = grants.bid_with_minister()
    cases.lower_award_limit(bid.round, 7_000)

    with pytest.raises(Invalid) as raised:
        approve(bid)
    assert list(raised.value.problems) == ["reason"]
    assert "largest award is £7,000" in str(raised.value)

    decision = approve(bid, reason="Two councils in one.")
    assert (decision.departs_from_advice, decision.reason) == (
        False,
        "Two councils in one.",
    )


def test_a_bid_is_decided_once() -> None:
    bid = grants.bid_with_minister()
    approve(bid)

    with pytest.raises(TooLate):
        approve(bid)
    with pytest.raises(TooLate):
        decline(bid, reason="Changed our mind.")


def test_a_bid_without_advice_cannot_be_decided() -> None:
    with pytest.raises(TooLate):
        approve(cases.bid_with_minister())


def test_the_last_pound_of_an_envelope_can_be_spent() -> None:
    bid = grants.bid_with_minister()
    envelope = reduce_envelope(bid, 8_000)

    approve(bid)

    assert ledger.approved_amount(envelope) == envelope.amount


def test_overspending_is_refused_and_says_by_how_much() -> None:
    bid = grants.bid_with_minister()
    reduce_envelope(bid, 7_500)

    with pytest.raises(Invalid) as raised:
        approve(bid)

    assert raised.value.problems["overspend_reason"][0].startswith(
        "This would overspend the budget for 2014 to 2015 by £500."
    )
    assert not Decision.objects.exists()


def test_overspending_with_a_reason_is_named() -> None:
    bid, minister = grants.bid_with_minister(), users.minister()
    reduce_envelope(bid, 7_500)

    decision = approve(bid, by=minister, overspend_reason="The round is extended.")

    assert decision.overspend_by == minister.key
    assert Event.objects.get(name="bid.approved").data["overspends"] == {"2014": 50_000}


def test_an_unneeded_reason_to_overspend_is_not_stored() -> None:
    decision = approve(grants.bid_with_minister(), overspend_reason="Just in case.")

    assert (decision.overspend_reason, decision.overspend_by) == ("", "")


def test_a_year_without_an_envelope_has_no_budget() -> None:
    bid = grants.bid_with_minister(amounts=grants.amounts(8_000, 2019))

    with pytest.raises(Invalid) as raised:
        approve(bid, amounts=grants.amounts(8_000, 2019))

    assert list(raised.value.problems) == ["overspend_reason"]


def test_a_strands_own_envelope_comes_before_the_rounds() -> None:
    bid = grants.bid_with_minister()
    strand_envelope = Envelope.objects.create(
        round=bid.round,
        strand=bid.strand,
        financial_year=2014,
        amount=Money.pounds(9_000),
    )

    approve(bid)

    assert MoneyLine.objects.get(status="approved").envelope == strand_envelope


def test_a_seed_grant_is_decided_by_the_approver_without_the_board() -> None:
    bid = cases.seed_bid()

    decision = approve(bid, by=users.approver())

    assert decision.departs_from_advice is False
    assert cases.reload_bid(bid).state == BidState.APPROVED


def test_a_seed_grant_is_not_the_ministers_to_decide() -> None:
    with pytest.raises(NotAllowed):
        approve(cases.seed_bid())


def test_the_official_who_took_a_seed_grant_forward_cannot_approve_it() -> None:
    both = users.person("official", "seed_approver")
    bid = cases.seed_bid(official=both)

    with pytest.raises(NotAllowed):
        approve(bid, by=both)
    with pytest.raises(NotAllowed):
        decline(bid, by=both)


def test_a_seed_grant_is_at_most_ten_thousand_pounds() -> None:
    with pytest.raises(Invalid) as raised:
        approve(cases.seed_bid(), 10_001, by=users.approver())

    message = "A seed grant of this round is at most £10,000"
    assert raised.value.problems == {"amounts": [message]}


def test_a_seed_grant_above_the_request_or_the_round_is_refused_with_any_reason() -> (
    None
):
    bid = cases.seed_bid()
    with pytest.raises(Invalid, match="asks for £8,000 in total"):
        approve(bid, 9_000, by=users.approver(), reason="Please.")

    cases.lower_award_limit(bid.round, 5_000)
    with pytest.raises(Invalid, match="of this round is at most £5,000"):
        approve(bid, 6_000, by=users.approver(), reason="Please.")


def test_the_approver_cannot_overspend() -> None:
    bid = cases.seed_bid()
    reduce_envelope(bid, 100)

    with pytest.raises(NotAllowed):
        approve(bid, by=users.approver(), overspend_reason="Please.")
