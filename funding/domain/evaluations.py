"""Evaluators of projects, and their published reports."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from funding.events import FundingEvent
from funding.models import Award, Evaluation, EvaluationReport, Finding
from funding.models.award import PUBLISHED_STATES, DatePrecision
from funding.states import AwardState
from innovation.accounts.models import User
from innovation.accounts.permissions import require_permission
from innovation.accounts.roles import Permission
from innovation.audit import events
from innovation.core.clock import london_day
from innovation.core.errors import Invalid, TooLate
from innovation.core.rows import lock_row
from innovation.organisations.models import Organisation

_STATES_WITHOUT_GRANT = {
    AwardState.OFFERED,
    AwardState.DECLINED,
    AwardState.WITHDRAWN,
    *PUBLISHED_STATES,
}


@dataclass(frozen=True, slots=True)
class FindingDetails:
    """A finding of a report: better, same, worse or unclear, and its strength."""

    outcome: str
    direction: str
    strength: str
    cost: str = ""


@transaction.atomic
def agree(
    award: Award, *, evaluator: Organisation, by: User, at: datetime
) -> Evaluation:
    """Agree an evaluator, who must not be the delivery organisation or a partner."""
    require_permission(by, Permission.MANAGE_GRANTS)
    award = lock_row(award)
    if award.state in _STATES_WITHOUT_GRANT or award.lead is None:
        raise TooLate("You can agree an evaluator once the offer is accepted.")
    if Evaluation.objects.filter(award=award).exists():
        raise TooLate("This project’s evaluator is already agreed.")
    partners = award.partners.filter(pk=evaluator.pk)
    if evaluator.pk == award.lead_id or partners.exists():
        raise Invalid.field(
            "evaluator", "Choose an organisation that does not deliver the project"
        )
    evaluation = Evaluation.objects.create(
        award=award, lead=award.lead, evaluator=evaluator, agreed_at=at
    )
    events.record(
        FundingEvent.EVALUATION_AGREED,
        award,
        by=by,
        at=at,
        data={"evaluator": evaluator.key},
        stage="",
    )
    return evaluation


@transaction.atomic
def publish(
    award: Award,
    *,
    title: str,
    published_on: date,
    source: str,
    findings: Iterable[FindingDetails],
    by: User,
    at: datetime,
    authors: str = "",
) -> EvaluationReport:
    """Add a report to its project. It is public once the award is announced."""
    require_permission(by, Permission.MANAGE_GRANTS)
    award = lock_row(award)
    if not Evaluation.objects.filter(award=award).exists():
        raise TooLate("Agree an evaluator before publishing a report.")
    _check(title, published_on, source, at)
    report = EvaluationReport.objects.create(
        award=award,
        title=title.strip(),
        published_on=published_on,
        published_precision=DatePrecision.DAY,
        authors=authors,
        source=source,
    )
    Finding.objects.bulk_create(
        Finding(
            report=report,
            outcome=finding.outcome,
            direction=finding.direction,
            strength=finding.strength,
            cost=finding.cost,
        )
        for finding in findings
    )
    events.record(
        FundingEvent.EVALUATION_PUBLISHED,
        award,
        by=by,
        at=at,
        data={"report": report.key},
        stage="",
    )
    return report


def _check(title: str, published_on: date, source: str, at: datetime) -> None:
    problems: dict[str | None, list[str]] = {}
    if not title.strip():
        problems["title"] = ["Enter the report’s title"]
    elif EvaluationReport.objects.filter(title=title.strip()).exists():
        problems["title"] = ["A report with this title is already published"]
    if not source.strip():
        problems["source"] = ["Enter where the report can be read"]
    if published_on > london_day(at):
        problems["published_on"] = ["Enter today’s date or an earlier date"]
    if problems:
        raise Invalid(problems)
