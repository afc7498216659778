"""Monitoring reports of grant holders."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from funding.domain import award_support, grant_drafts, grant_files
from funding.events import FundingEvent
from funding.models import Award, MonitoringReport, OutcomeActual
from funding.states import AwardState
from innovation.accounts.models import User
from innovation.accounts.permissions import require_permission
from innovation.accounts.roles import Permission
from innovation.audit import events
from innovation.core.clock import london_day
from innovation.core.errors import Invalid, TooLate
from innovation.core.formatting import format_deadline
from innovation.core.money import Money
from innovation.core.rows import lock_row

RUNNING_STATES = {AwardState.ACTIVE, AwardState.SUSPENDED, AwardState.CLOSING}


@transaction.atomic
def ask(
    award: Award, *, period: str, due_on: date, by: User, at: datetime
) -> MonitoringReport:
    """Ask for a report on a period, with a due date."""
    require_permission(by, Permission.MANAGE_GRANTS)
    award = lock_row(award)
    if award.state not in RUNNING_STATES:
        raise TooLate("You can ask for reports while the grant is running.")
    if not period.strip():
        raise Invalid.field("period", "Enter the period, like April to June 2015")
    if due_on < london_day(at):
        raise Invalid.field("due_on", "Enter today’s date or a later date")
    if award.monitoring_reports.filter(period=period.strip()).exists():
        raise Invalid.field(
            "period", "Somebody has already asked for a report on this period"
        )
    report = MonitoringReport.objects.create(
        award=award, period=period.strip(), due_on=due_on
    )
    events.record(
        FundingEvent.MONITORING_ASKED, report, by=by, at=at, data=_event_data(report)
    )
    deadline = format_deadline(due_on)
    award_support.notify_authorisers_and_colleagues(
        "monitoring_asked",
        "monitoring_asked_of_colleagues",
        award,
        at,
        period=report.period,
        due_on=deadline,
    )
    return report


@transaction.atomic
def hand_in(
    report: MonitoringReport,
    *,
    progress: str,
    by: User,
    at: datetime,
    actuals: Mapping[int, Decimal] | None = None,
    spent: Money | None = None,
    files: "Sequence[UploadedFile[bytes]]" = (),
    removed: Collection[str] = (),
) -> MonitoringReport:
    """Hand in a report, once, with its files. `actuals` are measured values by the
    outcome's id, `spent` what was spent of the grant so far. Its draft is deleted.
    """
    report = grant_drafts.lock_to_send(report, by, spent=spent)
    bid = report.award.bid
    if not progress.strip():
        raise Invalid.field("progress", "Enter how the project is going")
    outcome_ids = set(bid.outcomes.values_list("pk", flat=True)) if bid else set()
    if not (actuals or {}).keys() <= outcome_ids:
        raise Invalid.field("actuals", "Measure only the outcomes of this project")
    grant_files.change(report, added=files, removed=removed, by=by, at=at)
    grant_files.send(report, at=at)
    grant_drafts.delete(report)
    report.progress = progress
    report.spent = spent
    report.handed_in_by = by
    report.handed_in_at = at
    report.save(update_fields=["progress", "spent", "handed_in_by", "handed_in_at"])
    OutcomeActual.objects.bulk_create(
        OutcomeActual(outcome_id=outcome, report=report, value=value)
        for outcome, value in (actuals or {}).items()
    )
    events.record(
        FundingEvent.MONITORING_HANDED_IN,
        report,
        by=by,
        at=at,
        data=_event_data(report),
    )
    return report


def _event_data(report: MonitoringReport) -> dict[str, object]:
    return {"award": report.award.key, "due_on": report.due_on.isoformat()}
