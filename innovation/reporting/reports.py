"""Ask for a report; a worker builds it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from innovation.accounts.models import User
from innovation.audit import events
from innovation.core import jobs, limits
from innovation.core.nulls import without_nulls
from innovation.reporting.events import ReportingEvent
from innovation.reporting.models import FileFormat, Report
from innovation.reporting.report_types import REPORT_TYPES
from innovation.reporting.report_types.definition import ReportType
from innovation.web import csv_export

BUILD_TASK = "innovation.reporting.tasks.build"
RETENTION = timedelta(days=7)


def reports_for(user: User) -> QuerySet[Report]:
    """A report is its maker's alone: what another may see differs."""
    return Report.objects.filter(asked_by=user)


def ask(
    kind: ReportType,
    *,
    params: Mapping[str, str],
    by: User,
    at: datetime,
    file_format: FileFormat = FileFormat.CSV,
) -> Report:
    """What `params` select, as `by` may see it when the worker gets to it."""
    kind.require(by)
    csv_export.consume_quota("reports", limits.REPORTS_A_PERSON, by=by, at=at)
    # Without the one character that JSON may hold and PostgreSQL may not.
    given = {name: without_nulls(params.get(name, "")) for name in kind.filter_names}
    wanted = {name: text for name, text in given.items() if text}
    with transaction.atomic():
        report = Report.objects.create(
            kind=kind.name,
            asked_by=by,
            asked_at=at,
            params=wanted,
            file_format=file_format,
        )
        events.record(ReportingEvent.REPORT_ASKED, report, by=by, at=at)
        jobs.enqueue(BUILD_TASK, [report.pk])
    return report


def is_outdated(report: Report, reader: User) -> bool:
    """Whether a case was closed to its maker since: by an interest they declared, or by
    a merger into such a case.
    """
    closed = REPORT_TYPES[report.kind].closed_to(reader)
    return not closed <= set(report.closed)


def delete_expired(*, at: datetime) -> None:
    """The file first: a row without its file would be offered for download."""
    for report in Report.objects.filter(asked_at__lt=at - RETENTION):
        if report.file:
            report.file.delete(save=False)
        report.delete()
