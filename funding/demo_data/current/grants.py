"""Grants at every point, from the offer to the end; `seed` has those that came to
nothing.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from funding.demo_data import texts
from funding.demo_data.current import board, decisions, reports
from funding.demo_data.current.demo_context import DemoContext
from funding.demo_data.ideas import idea_of
from funding.domain import (
    announcements,
    awards,
    grant_drafts,
    payments,
    terms,
    variations,
)
from funding.models import Award, Payment
from innovation.core.clock import london_day
from innovation.organisations.models import Organisation

TERMINATED = "Night-time foster support"
CLOSED = "Smaller teams, longer stays"
CLOSING = "Parents who help parents"
SUSPENDED = "Trauma-aware foster homes"
ANNOUNCED = "A shared front door"
OFFERED = "Specialist foster carers"
ACCEPTED = "Independent visitors who stay"
ACTIVE = "Volunteer befrienders"
FUNDED = (CLOSED, CLOSING, SUSPENDED, ANNOUNCED, OFFERED, ACCEPTED, ACTIVE)
"""Those whose money is spent or will be."""


def add_cases(demo: DemoContext) -> None:
    _publish_terms(demo)
    _add_older_grants(demo)
    _add_recent_grants(demo)


def _publish_terms(demo: DemoContext) -> None:
    """Publish the terms of the open call, before its first offer."""
    by, at = demo.users["grants"], demo.days_ago(400)
    terms.publish(round=demo.rounds.call, text=texts.TERMS, by=by, at=at)


def _add_older_grants(demo: DemoContext) -> None:
    """Add those of a meeting about ten months ago."""
    started = _start_grants(
        demo,
        300,
        {
            TERMINATED: demo.trust,
            CLOSED: demo.trust,
            CLOSING: demo.charity,
            SUSPENDED: demo.council,
            ANNOUNCED: demo.charity,
        },
    )
    _terminate(demo, started[TERMINATED])
    _close(demo, started[CLOSED])
    _wind_down(demo, started[CLOSING])
    _suspend(demo, started[SUSPENDED])
    _announce_running(demo, started[ANNOUNCED])


def _add_recent_grants(demo: DemoContext) -> None:
    """Add those of a meeting in the last quarter, of which some are not answered."""
    offers = _offer_grants(
        demo,
        75,
        {
            OFFERED: demo.council,
            ACCEPTED: demo.trust,
            ACTIVE: demo.council,
        },
    )
    accepted = _accept(demo, offers[ACCEPTED], 58)
    by, on = demo.users["grants"], demo.today + timedelta(days=10)
    announcements.announce(accepted, on=on, by=by, at=demo.days_ago(2))
    award = _start(demo, _accept(demo, offers[ACTIVE], 60), 56)
    first, second, third, _ = plan_payments(demo, award, 50)
    reports.ask(demo, award, "The first month", asked=48, due=12)
    pay(demo, first)
    variations.ask(
        award,
        what_changes="The first volunteers begin in February and not in January.",
        reason="References took longer than we planned.",
        by=demo.writer(demo.council),
        at=demo.days_ago(4),
    )
    request(demo, second, 3)
    grant_drafts.save(
        third,
        values={"spent": "118,000", "note": "Training and travel of the volunteers."},
        by=demo.writer(demo.council),
        at=demo.days_ago(1),
    )


def _offer_grants(
    demo: DemoContext, days: float, leads: Mapping[str, Organisation]
) -> dict[str, Award]:
    """Offer grants for bids that the Board discussed `days` days ago."""
    bids = board.hold_meeting(demo, days, leads)
    return {
        title: awards.offer(
            decisions.approve(demo, bid, days - 6),
            reply_by=demo.today + timedelta(days=12) if title == OFFERED else None,
            by=demo.users["grants"],
            at=demo.days_ago(days - 9),
        )
        for title, bid in bids.items()
    }


def _start_grants(
    demo: DemoContext, days: float, leads: Mapping[str, Organisation]
) -> dict[str, Award]:
    """Start grants with a payment plan, of which the first instalment is paid. One
    payment has not been found on the bank statement yet.
    """
    started = {}
    for title, offered in _offer_grants(demo, days, leads).items():
        award = _start(demo, _accept(demo, offered, days - 12), days - 15)
        first, *_ = plan_payments(demo, award, days - 18)
        settle = _release if title == SUSPENDED else pay
        settle(demo, first)
        started[title] = award
    return started


def _accept(demo: DemoContext, award: Award, days: float) -> Award:
    assert award.lead is not None
    return awards.accept(award, by=demo.writer(award.lead), at=demo.days_ago(days))


def _start(demo: DemoContext, award: Award, days: float) -> Award:
    return awards.start(award, by=demo.users["grants"], at=demo.days_ago(days))


def plan_payments(demo: DemoContext, award: Award, days: float) -> Sequence[Payment]:
    """Plan the instalments of the idea."""
    idea = idea_of(award.title)
    return payments.plan(
        award,
        instalments=[
            payments.Instalment(idea.amount, due_on) for due_on in demo.due_dates(idea)
        ],
        by=demo.users["grants"],
        at=demo.days_ago(days),
    )


def request(demo: DemoContext, payment: Payment, days: float) -> Payment:
    by, at = demo.users["grants"], demo.days_ago(days)
    return payments.request(payment, by=by, at=at)


def pay(demo: DemoContext, payment: Payment) -> Payment:
    """Request it when it has fallen due, release it two days later, and find it on the
    bank statement.
    """
    paid, finance = _release(demo, payment), demo.users["finance"]
    assert paid.released_at is not None
    reference = f"BACS {london_day(paid.released_at):%d%m%y}"
    at = paid.released_at + timedelta(days=3)
    return payments.reconcile(paid, bank_reference=reference, by=finance, at=at)


def _release(demo: DemoContext, payment: Payment) -> Payment:
    """Request it on the day after it fell due, and release it two days later."""
    days = (demo.today - payment.due_on).days - 1
    requested = request(demo, payment, days)
    by, at = demo.users["finance"], demo.days_ago(days - 2)
    return payments.release(requested, by=by, at=at)


def _second_payment(award: Award) -> Payment:
    return award.payments.order_by("instalment")[1]


def _terminate(demo: DemoContext, award: Award) -> None:
    """End it early. What was paid has been given back."""
    awards.terminate(
        award,
        reason="The trust could not find workers for the nights.",
        lessons="Ask who will work at night before the bid is written.",
        by=demo.users["grants"],
        at=demo.days_ago(150),
    )
    payments.recover(
        award.payments.get(instalment=1),
        reason="Returned in full, because no night was worked.",
        by=demo.users["finance"],
        at=demo.days_ago(131),
    )


def _close(demo: DemoContext, award: Award) -> None:
    by = demo.users["grants"]
    on = demo.days_ago(260).date()
    announcements.announce(award, on=on, by=by, at=demo.days_ago(260))
    reports.agree_evaluator(demo, award, 240)
    reports.hand_in(demo, award, "The first three months", 195, 180, actual="52")
    pay(demo, _second_payment(award))
    reports.hand_in(demo, award, "The last six months", 60, 46, actual="66")
    awards.wind_down(award, by=by, at=demo.days_ago(40))
    awards.close(
        award,
        lessons="Families noticed the same worker before they noticed anything else. "
        "Two managers left in the first half-year: keep a reserve for that.",
        by=by,
        at=demo.days_ago(25),
    )
    reports.publish_final(demo, award)


def _wind_down(demo: DemoContext, award: Award) -> None:
    by = demo.users["grants"]
    reports.hand_in(demo, award, "The first half-year", 110, 96, actual="12")
    asked = variations.ask(
        award,
        what_changes="Twenty parents are trained and not thirty.",
        reason="Fewer parents came forward than we hoped.",
        by=demo.writer(demo.charity),
        at=demo.days_ago(85),
    )
    variations.refuse(
        asked,
        answer="The price for each parent would rise by half. Tell us in your next "
        "report whom you have asked.",
        by=by,
        at=demo.days_ago(78),
    )
    pay(demo, _second_payment(award))
    awards.wind_down(award, by=by, at=demo.days_ago(15))


def _suspend(demo: DemoContext, award: Award) -> None:
    awards.suspend(
        award,
        reason="The therapist has left. We pay nothing until there is another.",
        by=demo.users["grants"],
        at=demo.days_ago(100),
    )


def _announce_running(demo: DemoContext, award: Award) -> None:
    """Announce a running grant, whose second claim was sent back."""
    by = demo.users["grants"]
    on = demo.days_ago(240).date()
    announcements.announce(award, on=on, by=by, at=demo.days_ago(240))
    reports.agree_evaluator(demo, award, 230)
    reports.hand_in(demo, award, "The first three months", 180, 165, actual="58")
    asked = variations.ask(
        award,
        what_changes="The police join from the second year.",
        reason="Their new office opens then.",
        by=demo.writer(demo.charity),
        at=demo.days_ago(160),
    )
    variations.agree(
        asked,
        answer="Agreed. The amounts stay as they are.",
        by=by,
        at=demo.days_ago(152),
    )
    reports.hand_in(demo, award, "The second three months", 90, 75, actual="71")
    reports.publish_interim(demo, award)
    reports.ask(demo, award, "The third three months", asked=10, due=-21)
    payments.refuse(
        request(demo, _second_payment(award), 5),
        reason="The claim names a bank account that we do not know. Please check it.",
        by=demo.users["finance"],
        at=demo.days_ago(2),
    )
