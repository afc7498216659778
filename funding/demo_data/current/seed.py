"""Seed grants: one to triage, one with its approver, two that were paid in one go, and
two offers that came to nothing. Together, the two that wait are as much as an
organisation can have in a year, so that a third one can be tried and is refused.
"""

from bids.domain import expressions
from bids.models import Bid, Expression
from funding.demo_data import texts
from funding.demo_data.current import applications, grants
from funding.demo_data.current.demo_context import DemoContext
from funding.demo_data.ideas import idea_of
from funding.domain import announcements, awards, decisions, ledger
from funding.models import Award
from innovation.organisations.models import Organisation


def add_cases(demo: DemoContext) -> None:
    _create_submitted(demo, "Try out a young people’s panel", demo.charity, 4)
    _take_forward(demo, "Map who knows the family", demo.charity, 15)
    _create_paid(demo, "A week of shadowing in court", 45)
    award = _create_paid(demo, "Cards that explain a care order", 85)
    _close(demo, award)
    _add_unused_offers(demo)


def _create_submitted(
    demo: DemoContext, title: str, lead: Organisation, days: float
) -> Expression:
    draft = applications.create_draft_in_round(
        demo,
        demo.rounds.seed,
        idea_of(title),
        lead,
        days + 1,
        facts={},
        answers=texts.SEED_ANSWERS,
        by=demo.writer(lead),
    )
    return applications.submit(demo, draft, days)


def _take_forward(
    demo: DemoContext, title: str, lead: Organisation, days: float
) -> Bid:
    submitted = _create_submitted(demo, title, lead, days)
    by, at = demo.users["official"], demo.days_ago(days - 7)
    return expressions.take_forward(submitted, by=by, at=at)


def _offer(demo: DemoContext, title: str, days: float) -> Award:
    """Offer the trust a grant that was approved ten days after it was sent."""
    bid = _take_forward(demo, title, demo.trust, days)
    decisions.approve(
        bid,
        amounts=ledger.requested_amounts(bid),
        by=demo.users["approver"],
        at=demo.days_ago(days - 10),
    )
    bid = Bid.objects.get(pk=bid.pk)
    return awards.offer(bid, by=demo.users["grants"], at=demo.days_ago(days - 12))


def _create_paid(demo: DemoContext, title: str, days: float) -> Award:
    """Create a grant that was accepted and paid within four weeks."""
    award, by = _offer(demo, title, days), demo.users["grants"]
    accepted_at = demo.days_ago(days - 15)
    award = awards.accept(award, by=demo.writer(demo.trust), at=accepted_at)
    award = awards.start(award, by=by, at=demo.days_ago(days - 16))
    [payment] = grants.plan_payments(demo, award, days - 17)
    grants.pay(demo, payment)
    return award


def _add_unused_offers(demo: DemoContext) -> None:
    awards.decline(
        _offer(demo, "A laptop library for care leavers", 52),
        reason="The college now lends laptops, so we do not need the grant.",
        by=demo.writer(demo.trust),
        at=demo.days_ago(37),
    )
    awards.withdraw(
        _offer(demo, "Lunches where social workers and teachers meet", 41),
        reason="The trust tells us that its canteen has closed.",
        by=demo.users["grants"],
        at=demo.days_ago(22),
    )


def _close(demo: DemoContext, award: Award) -> None:
    by, on = demo.users["grants"], demo.days_ago(50).date()
    announcements.announce(award, on=on, by=by, at=demo.days_ago(50))
    awards.wind_down(award, by=by, at=demo.days_ago(20))
    awards.close(
        award,
        lessons="The cards were used most in the car, on the way to a new home.",
        by=by,
        at=demo.days_ago(16),
    )
