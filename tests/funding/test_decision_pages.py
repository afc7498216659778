"""The decision's pages: the minister's office, and the approver of seed grants."""

import pytest

from bids.models import Envelope
from bids.states import BidState
from innovation.core.money import Money
from tests.database_guards import force_update
from tests.factories import cases, grants, users
from tests.funding.page_requests import client_for, get_status, page_url, post_form

pytestmark = pytest.mark.django_db


def test_the_ministers_office_approves_with_the_amounts_filled_in() -> None:
    bid, minister = grants.bid_with_minister(), users.minister()
    assert bid.title in client_for(minister).get(page_url("decisions")).content.decode()
    assert get_status(minister, "decision", bid) == 200
    form = client_for(minister).get(page_url("decision-approve", bid)).content.decode()
    assert 'value="8,000"' in form

    post_form(minister, "decision-approve", bid, amount_2014="8000")

    assert cases.reload_bid(bid).state == BidState.APPROVED
    assert get_status(minister, "decision", bid) == 200


def test_more_than_the_largest_award_asks_for_a_reason() -> None:
    bid, minister = grants.bid_with_minister(), users.minister()
    cases.lower_award_limit(bid.round, 7_000)
    page = client_for(minister).get(page_url("decision-approve", bid)).content.decode()
    assert "largest award is £7,000: more than that needs a reason." in page

    response = client_for(minister).post(
        page_url("decision-approve", bid), {"amount_2014": "8000"}
    )
    assert response.status_code == 422
    assert 'href="#id_reason"' in response.content.decode()
    post_form(
        minister, "decision-approve", bid, amount_2014="8000", reason="Two councils."
    )

    decided = client_for(minister).get(page_url("decision", bid)).content.decode()
    assert "Reason: Two councils." in decided
    assert "Departs from the Board" not in decided


def test_an_amount_above_the_request_is_refused_with_the_requested_amount() -> None:
    bid, minister = grants.bid_with_minister(), users.minister()
    page = client_for(minister).get(page_url("decision-approve", bid)).content.decode()
    assert "The bid asks for £8,000 in total." in page

    response = client_for(minister).post(
        page_url("decision-approve", bid),
        {"amount_2014": "80000", "reason": "Kept words"},
    )

    assert response.status_code == 422
    text = response.content.decode()
    assert "The bid asks for £8,000 in total. Enter that or less" in text
    assert "Kept words" in text
    assert 'value="80000"' in text


def test_a_refused_overspend_keeps_what_was_typed() -> None:
    bid, minister = grants.bid_with_minister(), users.minister()
    force_update(Envelope.objects.all(), amount=Money.pounds(7_500))

    response = client_for(minister).post(
        page_url("decision-approve", bid),
        {"amount_2014": "8000", "reason": "Kept words"},
    )

    assert response.status_code == 422
    text = response.content.decode()
    assert "would overspend the budget for 2014 to 2015 by £500" in text
    assert "Kept words" in text


def test_the_ministers_office_declines_with_feedback() -> None:
    bid = grants.bid_with_minister()
    words = {f"criterion_{pk}": text for pk, text in cases.feedback(bid.round).items()}

    post_form(users.minister(), "decision-decline", bid, reason="Not now.", **words)

    assert cases.reload_bid(bid).state == BidState.DECLINED


def test_the_approver_decides_seed_grants_and_sees_no_others() -> None:
    seed, full, approver = (
        cases.seed_bid(),
        grants.bid_with_minister(),
        users.approver(),
    )
    assert get_status(approver, "decision", full) == 404
    assert get_status(users.minister(), "decision", seed) == 404

    post_form(approver, "decision-approve", seed, amount_2014="8000")

    assert cases.reload_bid(seed).state == BidState.APPROVED


def test_the_decision_on_a_seed_grant_asks_for_no_reason_to_depart_from_advice() -> (
    None
):
    seed, full = cases.seed_bid(), grants.bid_with_minister()
    reason = "Reason for departing"
    for page in ("decision-approve", "decision-decline"):
        content = (
            client_for(users.approver()).get(page_url(page, seed)).content.decode()
        )
        assert reason not in content
        assert (
            reason
            in client_for(users.minister()).get(page_url(page, full)).content.decode()
        )
    words = {f"criterion_{pk}": text for pk, text in cases.feedback(seed.round).items()}
    post_form(users.approver(), "decision-decline", seed, **words)
    assert cases.reload_bid(seed).state == BidState.DECLINED
