"""What is reported of grants: by their holders, and by evaluators."""

from datetime import timedelta
from decimal import Decimal

from funding.demo_data import organisations
from funding.demo_data.current.demo_context import DemoContext
from funding.domain import evaluations, monitoring
from funding.domain.evaluations import FindingDetails
from funding.models import Award, MonitoringReport
from innovation.core.clock import london_day


def ask(
    demo: DemoContext, award: Award, period: str, *, asked: float, due: int
) -> MonitoringReport:
    """Ask `asked` days ago for a report that is due `due` days ago."""
    return monitoring.ask(
        award,
        period=period,
        due_on=demo.today - timedelta(days=due),
        by=demo.users["grants"],
        at=demo.days_ago(asked),
    )


def hand_in(
    demo: DemoContext,
    award: Award,
    period: str,
    asked: float,
    days: float,
    *,
    actual: str,
) -> None:
    """Ask for a report, which is handed in `days` days ago, a week before it is due."""
    report = ask(demo, award, period, asked=asked, due=int(days) - 7)
    assert award.lead is not None
    assert award.bid is not None
    [outcome] = award.bid.outcomes.all()
    monitoring.hand_in(
        report,
        progress="The team is complete, and families are referred every week. Two "
        "partners meet us every fortnight. We have changed how we ask families what "
        "they think.",
        actuals={outcome.pk: Decimal(actual)},
        by=demo.writer(award.lead),
        at=demo.days_ago(days),
    )


def publish_final(demo: DemoContext, award: Award) -> None:
    _publish(
        demo,
        award,
        f"{award.title}: final evaluation (demonstration)",
        20,
        [
            FindingDetails(
                "Families keep their social worker",
                "better",
                "strong",
                "£1,900 for each family",
            ),
            FindingDetails("Children come into care", "same", "moderate"),
            FindingDetails("Social workers stay in their job", "better", "weak"),
        ],
    )


def publish_interim(demo: DemoContext, award: Award) -> None:
    _publish(
        demo,
        award,
        f"{award.title}: report after six months (demonstration)",
        30,
        [
            FindingDetails(
                "Families get an answer the same day",
                "better",
                "moderate",
                "£260 for each call",
            ),
            FindingDetails("Families are referred again", "unclear", "weak"),
            FindingDetails("Callers wait for an answer", "worse", "weak"),
        ],
    )


def agree_evaluator(demo: DemoContext, award: Award, days: float) -> None:
    evaluations.agree(
        award,
        evaluator=organisations.get_organisation(organisations.EVALUATOR),
        by=demo.users["grants"],
        at=demo.days_ago(days),
    )


def _publish(
    demo: DemoContext,
    award: Award,
    title: str,
    days: float,
    findings: list[FindingDetails],
) -> None:
    at = demo.days_ago(days)
    evaluations.publish(
        award,
        title=title,
        published_on=london_day(at),
        source="Made up for the demonstration, so there is nothing more to read",
        authors=organisations.EVALUATOR,
        findings=findings,
        by=demo.users["grants"],
        at=at,
    )
