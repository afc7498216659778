"""Build the reports that are due, a chunk at a time, and say how far it has come."""

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
"""Many times what a chunk takes."""
MOST_ATTEMPTS = 3


def build(pk: int) -> None:
    _build_one(Q(pk=pk))


def sweep() -> None:
    while _build_one(Q()):
        pass


def _build_one(wanted: Q) -> bool:
    """False where nothing was due."""
    report = _lease(wanted)
    if report is None:
        return False
    if report.attempts > MOST_ATTEMPTS:
        # It took its workers down with it: do not let it take more.
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


def _lease(wanted: Q) -> Report | None:
    at = clock.now()
    left = Q(state=ReportState.BUILDING, lease_until__lt=at)
    due = Report.objects.filter(wanted, Q(state=ReportState.DUE) | left)
    return leases.take(
        due.select_related("asked_by").order_by("asked_at", "id"),
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
    _record_progress(report, done=0, rows_total=rows.order_by().count())
    with tempfile.TemporaryFile("w+b") as file:
        with closing(WRITERS[report.file_format](file, kind.columns)) as writer:
            _write_rows(report, rows.iterator(chunk_size=CHUNK), writer)
        file.seek(0)
        _store_file(report, file)


def _write_rows(
    report: Report, rows: Iterator[tuple[object, ...]], writer: FileWriter
) -> None:
    done = 0
    while chunk := list(islice(rows, CHUNK)):
        writer.write_rows(chunk)
        done += len(chunk)
        _record_progress(report, done=done)


def _record_progress(report: Report, *, done: int, **more: int) -> None:
    leases.extend(report, lasts=LEASE, at=clock.now(), rows_done=done, **more)


def _store_file(report: Report, file: IO[bytes]) -> None:
    """Under the lock, so that of two workers only one keeps its file."""
    with transaction.atomic():
        if not leases.held(report).select_for_update().exists():
            raise leases.LeaseLost
        report.file.save(f"{report.key}.{report.file_format}", File(file), save=False)
        leases.close(
            report,
            state=ReportState.READY,
            closed=report.closed,
            file=report.file.name,
            built_at=clock.now(),
        )
