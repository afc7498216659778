"""Grants: one offered; one with its first payment requested; one announced, with a
payment released, an evaluator, and a report due.
"""

from datetime import date, timedelta

from funding.demo_data import organisations, texts
from funding.demo_data.current import decisions
from funding.demo_data.current.demo_context import DemoContext
from funding.domain import (
    announcements,
    awards,
    evaluations,
    monitoring,
    payments,
    terms,
)
from funding.models import Award, Payment
from innovation.core.clock import london_day
from innovation.organisations.models import Organisation

APRIL = 4


def add_cases(demo: DemoContext) -> None:
    _publish_terms(demo)
    _create_offered_award(demo, "Specialist foster carers", demo.council, 90)
    unpaid = _create_running_award(demo, "Volunteer befrienders", demo.council, 100)
    _request_first_payment(demo, unpaid, plan_days=20, request_days=3)
    award = _create_running_award(demo, "A shared front door", demo.charity, 110)
    payment = _request_first_payment(demo, award, plan_days=40, request_days=38)
    payments.release(payment, by=demo.users["finance"], at=demo.now)
    _announce_and_evaluate(demo, award)


def _publish_terms(demo: DemoContext) -> None:
    """Publish the terms of the open round, as they were before the first offer."""
    terms.publish(
        round=demo.open_round,
        text=texts.TERMS,
        by=demo.users["grants"],
        at=demo.days_ago(65),
    )


def _create_offered_award(
    demo: DemoContext, title: str, lead: Organisation, days: float
) -> Award:
    bid = decisions.create_approved_bid(demo, title, lead, days, days - 48)
    return awards.offer(
        bid,
        reply_by=demo.today + timedelta(days=12),
        by=demo.users["grants"],
        at=demo.days_ago(days - 50),
    )


def _create_running_award(
    demo: DemoContext, title: str, lead: Organisation, days: float
) -> Award:
    award = _create_offered_award(demo, title, lead, days)
    awards.accept(award, by=demo.writer(lead), at=demo.days_ago(days - 53))
    return awards.start(award, by=demo.users["grants"], at=demo.days_ago(days - 55))


def _request_first_payment(
    demo: DemoContext, award: Award, *, plan_days: float, request_days: float
) -> Payment:
    """Plan an instalment for each year, and request the first when it falls due: on
    that day, or on the first of the financial year if that is later.
    """
    by, next_year = demo.users["grants"], demo.year + 1
    first_day = date(demo.year, APRIL, 1)
    first_due = max(london_day(demo.days_ago(request_days)), first_day)
    due_dates = {
        demo.year: first_due,
        next_year: demo.today.replace(year=next_year, month=5, day=1),
    }
    instalments = [
        payments.Instalment(row.amount, due_dates[row.financial_year])
        for row in award.years.all()
    ]
    first, *_ = payments.plan(
        award, instalments=instalments, by=by, at=demo.days_ago(plan_days)
    )
    days = (demo.today - first_due).days
    return payments.request(first, by=by, at=demo.days_ago(min(days, request_days)))


def _announce_and_evaluate(demo: DemoContext, award: Award) -> None:
    """Announce the award, agree an evaluator and ask for a first report."""
    by = demo.users["grants"]
    at = demo.days_ago(35)
    announcements.announce(award, on=london_day(at), by=by, at=at)
    evaluator = organisations.get_organisation(organisations.EVALUATOR)
    evaluations.agree(award, evaluator=evaluator, by=by, at=demo.days_ago(34))
    monitoring.ask(
        award,
        period="The first three months",
        due_on=demo.today + timedelta(days=21),
        by=by,
        at=demo.days_ago(10),
    )
