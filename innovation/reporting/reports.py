"""Requests reports, which a worker builds."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from innovation.accounts.models import User
from innovation.audit import events
from innovation.core import jobs, limits
from innovation.reporting.events import ReportingEvent
from innovation.reporting.models import FileFormat, Report
from innovation.reporting.report_types import REPORT_TYPES
from innovation.reporting.report_types.definition import ReportType
from innovation.web import csv_export

BUILD_TASK = "innovation.reporting.tasks.build"
RETENTION = timedelta(days=7)


def reports_for(user: User) -> QuerySet[Report]:
    """The user's own reports. Others may not see the same cases."""
    return Report.objects.filter(asked_by=user)


def ask(
    kind: ReportType,
    *,
    params: Mapping[str, str],
    by: User,
    at: datetime,
    file_format: FileFormat = FileFormat.CSV,
) -> Report:
    """Request a report of the rows that `params` select. It has those that `by` may see
    when a worker builds it. Raise `Invalid` for a filter that cannot be read.
    """
    kind.require(by)
    params_of_kind = {name: params.get(name, "") for name in kind.filter_names}
    filters = {name: text for name, text in params_of_kind.items() if text}
    kind.rows(by, filters, at)  # Raises `Invalid`.
    csv_export.consume_quota("reports", limits.REPORTS_A_PERSON, subject=by.pk, at=at)
    with transaction.atomic():
        report = Report.objects.create(
            kind=kind.name,
            asked_by=by,
            asked_at=at,
            params=filters,
            file_format=file_format,
        )
        events.record(ReportingEvent.REPORT_ASKED, report, by=by, at=at)
        jobs.enqueue(BUILD_TASK, [report.pk])
    return report


def is_outdated(report: Report, reader: User) -> bool:
    """Whether the user may no longer see a case, because they have declared an interest
    in it or in a case that it was merged into.
    """
    hidden_ids = REPORT_TYPES[report.kind].closed_to(reader)
    return not hidden_ids <= set(report.closed)


def delete_expired(*, at: datetime) -> None:
    """Delete old reports with their files."""
    for report in Report.objects.filter(asked_at__lt=at - RETENTION):
        if report.file:
            report.file.delete(save=False)
        report.delete()
