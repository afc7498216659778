"""Builds due reports in chunks, and records the progress."""

import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from itertools import islice
from typing import IO

import structlog
from django.core.files import File
from django.db import transaction
from django.db.models import Q

from innovation.core import clock, leases, timeouts
from innovation.reporting.file_writers import WRITERS, FileWriter
from innovation.reporting.models import Report, ReportState
from innovation.reporting.report_types import REPORT_TYPES

log = structlog.get_logger(__name__)
CHUNK = 1000
LEASE = timedelta(minutes=2)
"""Much longer than a chunk takes."""
MAX_ATTEMPTS = 3


def build(pk: int) -> None:
    _build_one(Q(pk=pk))


def sweep() -> None:
    while _build_one(Q()):
        pass


def _build_one(condition: Q) -> bool:
    """Build one report. `False` if nothing was due."""
    report = _lease(condition)
    if report is None:
        return False
    if report.attempts > MAX_ATTEMPTS:
        # The report may have killed its workers: do not try it again.
        leases.close(report, error="worker lost", state=ReportState.FAILED)
        return True
    try:
        with timeouts.use_timeouts(timeouts.LONG):
            _write(report)
    except leases.LeaseLost:
        log.warning("report_taken_over", report=report.key)
    except Exception as error:
        cause = type(error).__name__
        leases.close(report, error=cause, state=ReportState.FAILED)
        raise
    return True


def _lease(condition: Q) -> Report | None:
    at = clock.now()
    lease_expired = Q(state=ReportState.BUILDING, lease_until__lt=at)
    reports = Report.objects.filter(condition, Q(state=ReportState.DUE) | lease_expired)
    return leases.take(
        reports.select_related("asked_by").order_by("asked_at", "id"),
        state=ReportState.BUILDING,
        lasts=LEASE,
        at=at,
    )


def _write(report: Report) -> None:
    kind, maker = REPORT_TYPES[report.kind], report.asked_by
    kind.require(maker)
    # Before the rows: a case closed in between is found to be missing here.
    report.closed = sorted(kind.closed_to(maker))
    rows = kind.rows(maker, report.params, clock.now())
    _record_progress(report, count=0, rows_total=rows.order_by().count())
    headings = kind.headings(report.params)
    with tempfile.TemporaryFile("w+b") as file:
        with closing(WRITERS[report.file_format](file, headings)) as writer:
            _write_rows(report, rows.iterator(chunk_size=CHUNK), writer)
        file.seek(0)
        _store_file(report, file)


def _write_rows(
    report: Report, rows: Iterator[tuple[object, ...]], writer: FileWriter
) -> None:
    count = 0
    while chunk := list(islice(rows, CHUNK)):
        writer.write_rows(chunk)
        count += len(chunk)
        _record_progress(report, count=count)


def _record_progress(report: Report, *, count: int, **more: int) -> None:
    leases.extend(report, lasts=LEASE, at=clock.now(), rows_done=count, **more)


def _store_file(report: Report, file: IO[bytes]) -> None:
    """Save the file under the lock, so that of two workers only one does."""
    with transaction.atomic():
        if not leases.open_lease(report).select_for_update().exists():
            raise leases.LeaseLost
        report.file.save(f"{report.key}.{report.file_format}", File(file), save=False)
        leases.close(
            report,
            state=ReportState.READY,
            closed=report.closed,
            file=report.file.name,
            built_at=clock.now(),
        )
