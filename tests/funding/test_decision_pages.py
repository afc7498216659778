"""The decision's pages: the minister's office, and the approver of seed grants."""

import pytest

from bids.models import Envelope
from bids.states import BidState
from innovation.core.money import Money
from tests import cases, cast, grants
from tests.funding.visits import as_, at, get, post
from tests.unguarded import rewrite

pytestmark = pytest.mark.django_db


def test_the_ministers_office_approves_with_the_amounts_filled_in() -> None:
    bid, minister = grants.bid_with_minister(), cast.minister()
    assert bid.title in as_(minister).get(at("decisions")).content.decode()
    assert get(minister, "decision", bid) == 200
    form = as_(minister).get(at("decision-approve", bid)).content.decode()
    assert 'value="8,000"' in form

    post(minister, "decision-approve", bid, amount_2014="8000")

    assert cases.bids_now(bid).state == BidState.APPROVED
    assert get(minister, "decision", bid) == 200


def test_more_than_the_largest_award_comes_back_for_a_reason() -> None:
    bid, minister = grants.bid_with_minister(), cast.minister()
    cases.lower_limit(bid.round, 7_000)
    page = as_(minister).get(at("decision-approve", bid)).content.decode()
    assert "largest award is £7,000: more than that needs a reason." in page

    answer = as_(minister).post(at("decision-approve", bid), {"amount_2014": "8000"})
    assert answer.status_code == 422
    assert 'href="#id_reason"' in answer.content.decode()
    post(minister, "decision-approve", bid, amount_2014="8000", reason="Two councils.")

    decided = as_(minister).get(at("decision", bid)).content.decode()
    assert "Reason: Two councils." in decided
    assert "Departs from the Board" not in decided


def test_a_slip_of_the_pen_comes_back_with_what_the_bid_asks_for() -> None:
    bid, minister = grants.bid_with_minister(), cast.minister()
    page = as_(minister).get(at("decision-approve", bid)).content.decode()
    assert "The bid asks for £8,000 in all." in page

    answer = as_(minister).post(
        at("decision-approve", bid), {"amount_2014": "80000", "reason": "Kept words"}
    )

    assert answer.status_code == 422
    text = answer.content.decode()
    assert "The bid asks for £8,000 in all. Enter that or less" in text
    assert "Kept words" in text
    assert 'value="80000"' in text


def test_an_overspend_comes_back_with_what_was_typed() -> None:
    bid, minister = grants.bid_with_minister(), cast.minister()
    rewrite(Envelope.objects.all(), amount=Money.pounds(7_500))

    answer = as_(minister).post(
        at("decision-approve", bid), {"amount_2014": "8000", "reason": "Kept words"}
    )

    assert answer.status_code == 422
    text = answer.content.decode()
    assert "would overspend the budget for 2014 to 2015 by £500" in text
    assert "Kept words" in text


def test_the_ministers_office_declines_with_feedback() -> None:
    bid = grants.bid_with_minister()
    words = {f"criterion_{pk}": text for pk, text in cases.feedback(bid.round).items()}

    post(cast.minister(), "decision-decline", bid, reason="Not now.", **words)

    assert cases.bids_now(bid).state == BidState.DECLINED


def test_the_approver_decides_seed_grants_and_sees_no_others() -> None:
    seed, full, approver = cases.seed_bid(), grants.bid_with_minister(), cast.approver()
    assert get(approver, "decision", full) == 404
    assert get(cast.minister(), "decision", seed) == 404

    post(approver, "decision-approve", seed, amount_2014="8000")

    assert cases.bids_now(seed).state == BidState.APPROVED


def test_nobody_is_asked_why_they_depart_from_advice_that_was_not_given() -> None:
    seed, full = cases.seed_bid(), grants.bid_with_minister()
    reason = "Reason for departing"
    for page in ("decision-approve", "decision-decline"):
        asked = as_(cast.approver()).get(at(page, seed)).content.decode()
        assert reason not in asked
        assert reason in as_(cast.minister()).get(at(page, full)).content.decode()
    words = {f"criterion_{pk}": text for pk, text in cases.feedback(seed.round).items()}
    post(cast.approver(), "decision-decline", seed, **words)
    assert cases.bids_now(seed).state == BidState.DECLINED
