"""Grants: one offered; one with its first payment requested; one announced, with a
payment released, an evaluator, and a report due.
"""

from datetime import timedelta

from funding.demo_data import organisations
from funding.demo_data.current import decisions
from funding.demo_data.current.demo_context import DemoContext
from funding.domain import announcements, awards, evaluations, monitoring, payments
from funding.models import Award, Payment
from innovation.core.clock import london_day
from innovation.organisations.models import Organisation


def add_cases(demo: DemoContext) -> None:
    _create_offered_award(demo, "Specialist foster carers", demo.council, 90)
    unpaid = _create_running_award(demo, "Volunteer befrienders", demo.council, 100)
    _request_first_payment(demo, unpaid, plan_days=20, request_days=3)
    award = _create_running_award(demo, "A shared front door", demo.charity, 110)
    payment = _request_first_payment(demo, award, plan_days=40, request_days=38)
    payments.release(payment, by=demo.users["finance"], at=demo.days_ago(36))
    _announce_and_evaluate(demo, award)


def _create_offered_award(
    demo: DemoContext, title: str, lead: Organisation, days: float
) -> Award:
    bid = decisions.create_approved_bid(demo, title, lead, days, days - 48)
    return awards.offer(bid, by=demo.users["grants"], at=demo.days_ago(days - 50))


def _create_running_award(
    demo: DemoContext, title: str, lead: Organisation, days: float
) -> Award:
    award = _create_offered_award(demo, title, lead, days)
    awards.accept(award, by=demo.writer(lead), at=demo.days_ago(days - 53))
    return awards.start(award, by=demo.users["grants"], at=demo.days_ago(days - 55))


def _request_first_payment(
    demo: DemoContext, award: Award, *, plan_days: float, request_days: float
) -> Payment:
    """Plan an instalment for each year, and request the first, which is due today."""
    by, next_year = demo.users["grants"], demo.year + 1
    due_dates = {
        demo.year: demo.today,
        next_year: demo.today.replace(year=next_year, month=5, day=1),
    }
    instalments = [
        payments.Instalment(row.amount, due_dates[row.financial_year])
        for row in award.years.all()
    ]
    first, *_ = payments.plan(
        award, instalments=instalments, by=by, at=demo.days_ago(plan_days)
    )
    return payments.request(first, by=by, at=demo.days_ago(request_days))


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
