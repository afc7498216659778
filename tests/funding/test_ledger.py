"""What a decision took from an envelope is charged, paid and given back there."""

import pytest

from bids.models import Bid, Envelope
from funding.domain import awards, decisions, ledger, payments
from funding.models import Award, MoneyLine
from innovation.core.money import Money
from tests.database_guards import force_update
from tests.factories import cases, grants, users
from tests.narrowing import not_none

pytestmark = pytest.mark.django_db


def strand_envelope(bid: Bid) -> Envelope:
    """One that would cover the bid before the round's, had it been there in time."""
    return Envelope.objects.create(
        round=bid.round,
        strand=bid.strand,
        financial_year=cases.YEAR,
        amount=Money.pounds(9_000),
    )


def terminate(award: Award) -> None:
    awards.terminate(
        award,
        reason="It stopped.",
        lessons="",
        by=users.grant_manager(),
        at=grants.MEETING_AT,
    )


def test_the_money_goes_back_to_the_envelope_it_came_from() -> None:
    award = grants.active_award()
    charged, later = Envelope.objects.get(), strand_envelope(not_none(award.bid))
    assert ledger.approved_amount(charged) == Money.pounds(8_000)

    terminate(award)

    assert ledger.approved_amount(charged) == Money(0)
    assert not later.lines.exists()


def test_money_is_agreed_paid_and_recovered_in_its_envelope() -> None:
    award = grants.offered_award()
    charged, later = Envelope.objects.get(), strand_envelope(not_none(award.bid))
    award = awards.accept(award, by=grants.recipient_of(award), at=grants.MEETING_AT)
    payment = grants.paid_payment(
        awards.start(award, by=users.grant_manager(), at=grants.MEETING_AT)
    )

    payments.recover(
        payment, reason="Unspent.", by=users.finance(), at=grants.MEETING_AT
    )

    assert ledger.approved_amount(charged) == Money(0)
    assert not later.lines.exists()


def test_money_approved_without_an_envelope_is_not_returned_to_a_later_one() -> None:
    assessed = cases.assessed_bid()
    force_update(Envelope.objects.all(), financial_year=2019)
    bid = grants.bid_with_minister(assessed)
    decisions.approve(
        bid,
        amounts=grants.amounts(),
        overspend_reason="The budget is on its way.",
        by=users.minister(),
        at=grants.MEETING_AT,
    )
    later = strand_envelope(bid)

    award = awards.offer(bid, by=users.grant_manager(), at=grants.MEETING_AT)
    terminate(awards.accept(award, by=grants.recipient_of(award), at=grants.MEETING_AT))

    assert not later.lines.exists()
    approved = MoneyLine.objects.filter(status="approved")
    assert [line.envelope for line in approved] == [None, None]
    assert sum((line.amount for line in approved), Money(0)) == Money(0)
