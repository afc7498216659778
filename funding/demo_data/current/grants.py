"""Grants: one offered; one that has asked for its first payment; one announced, paid
once, evaluated and asked for a report.
"""

from datetime import timedelta

from funding.demo_data import organisations
from funding.demo_data.current import decisions
from funding.demo_data.current.stage import Stage
from funding.domain import announcements, awards, evaluations, monitoring, payments
from funding.models import Award, Payment
from innovation.core.clock import london_day
from innovation.organisations.models import Organisation


def play(stage: Stage) -> None:
    _offered(stage, "Specialist foster carers", stage.council, 90)
    asking = _running(stage, "Volunteer befrienders", stage.council, 100)
    _requested(stage, asking, planned=20, requested=3)
    paid = _running(stage, "A shared front door", stage.charity, 110)
    first = _requested(stage, paid, planned=40, requested=38)
    payments.release(first, by=stage.players["finance"], at=stage.ago(36))
    _followed(stage, paid)


def _offered(stage: Stage, title: str, lead: Organisation, days: float) -> Award:
    bid = decisions.approved(stage, title, lead, days, days - 48)
    return awards.offer(bid, by=stage.players["grants"], at=stage.ago(days - 50))


def _running(stage: Stage, title: str, lead: Organisation, days: float) -> Award:
    award = _offered(stage, title, lead, days)
    awards.accept(award, by=stage.writer(lead), at=stage.ago(days - 53))
    return awards.start(award, by=stage.players["grants"], at=stage.ago(days - 55))


def _requested(
    stage: Stage, award: Award, *, planned: float, requested: float
) -> Payment:
    """One instalment for each year, of which the first is due today and asked for."""
    by, next_year = stage.players["grants"], stage.year + 1
    due = {
        stage.year: stage.today,
        next_year: stage.today.replace(year=next_year, month=5, day=1),
    }
    instalments = [
        payments.Instalment(row.amount, due[row.financial_year])
        for row in award.years.all()
    ]
    first, *_ = payments.plan(
        award, instalments=instalments, by=by, at=stage.ago(planned)
    )
    return payments.request(first, by=by, at=stage.ago(requested))


def _followed(stage: Stage, award: Award) -> None:
    """Announced, given an evaluator and asked how the first months went."""
    by = stage.players["grants"]
    on = stage.ago(35)
    announcements.announce(award, on=london_day(on), by=by, at=on)
    evaluator = organisations.organisation(organisations.EVALUATOR)
    evaluations.agree(award, evaluator=evaluator, by=by, at=stage.ago(34))
    monitoring.ask(
        award,
        period="The first three months",
        due_on=stage.today + timedelta(days=21),
        by=by,
        at=stage.ago(10),
    )
