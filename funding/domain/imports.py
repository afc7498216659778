"""Imports of past cases: a file is uploaded, checked, and then applied or not.

Checking only saves the file. Applying checks it again, under a lock, and is all or
nothing. Applying the same file twice changes nothing.
"""

import hashlib
from dataclasses import asdict
from datetime import datetime

import structlog
from django.db import connection, transaction

from funding.domain.importing import case_writer, file_checker
from funding.domain.importing.report import MOST_PROBLEMS, Problem, Report
from funding.events import FundingEvent
from funding.models import Import
from funding.models.imports import ImportState
from innovation.accounts.models import User
from innovation.accounts.permissions import require_permission
from innovation.accounts.roles import Permission
from innovation.audit import events
from innovation.audit.models import Chain
from innovation.core import clock, limits
from innovation.core.errors import TooLate, Unavailable
from innovation.core.rows import lock_row

log = structlog.get_logger()
_REPORT_FIELDS = ("rows", "unchanged", "expressions", "awards", "problems", "notices")
_FAILURE_SENTENCE = (
    "The import stopped while its cases were being written, so none of them was saved. "
    "We still have the file: you can apply it again."
)


def check(content: bytes, *, at: datetime) -> Report:
    """A dry run: what applying would do, and all problems by row and column."""
    return file_checker.check_content(content, today=clock.london_day(at))


@transaction.atomic
def receive(content: bytes, *, file_name: str, by: User, at: datetime) -> Import:
    """Save a file with the report on it."""
    require_permission(by, Permission.IMPORT_CASES)
    report = check(content, at=at)
    imported = Import(
        chain=events.open_chain(Chain.Kind.SERVICE),
        file_name="".join(c for c in file_name if c.isprintable())[-200:] or "file",
        digest=hashlib.sha256(content).hexdigest(),
        content=None if report.problems else content,
        state=ImportState.REFUSED if report.problems else ImportState.CHECKED,
        received_by=by,
        received_at=at,
    )
    _store_report(imported, report)
    imported.save()
    events.record(
        FundingEvent.IMPORT_CHECKED, imported, by=by, at=at, data=_event_data(imported)
    )
    return imported


def apply(imported: Import, *, by: User, at: datetime) -> Import:
    """Write all cases of a checked file, or none.

    The import is then `applied`, or `refused` if something has changed since the check,
    or `failed`. Raise `TooLate` for a file that was applied or had problems.
    """
    require_permission(by, Permission.IMPORT_CASES)
    try:
        with transaction.atomic():
            return _apply(imported, by, at)
    except (TooLate, Unavailable):
        raise
    except Exception:
        log.exception("import failed", import_key=imported.key)
        return _mark_failed(imported, by, at)


def _apply(imported: Import, by: User, at: datetime) -> Import:
    imported = _lock(imported)
    with connection.cursor() as cursor:
        # Two files with the same cases: the second is checked after the first.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('imported cases'))")
    report = check(bytes(imported.content or b""), at=at)
    _store_report(imported, report)
    if report.problems:
        imported.state, event = ImportState.REFUSED, FundingEvent.IMPORT_REFUSED
    else:
        case_writer.write(imported, report, by=by, at=at)
        imported.state, event = ImportState.APPLIED, FundingEvent.IMPORT_APPLIED
        imported.applied_by, imported.applied_at = by, at
    imported.content = None
    imported.save(
        update_fields=[*_REPORT_FIELDS, "state", "applied_by", "applied_at", "content"]
    )
    events.record(event, imported, by=by, at=at, data=_event_data(imported))
    return imported


def _mark_failed(imported: Import, by: User, at: datetime) -> Import:
    with transaction.atomic():
        imported = _lock(imported)
        imported.state = ImportState.FAILED
        imported.problems = [asdict(Problem(None, "", _FAILURE_SENTENCE))]
        imported.save(update_fields=["state", "problems"])
        events.record(
            FundingEvent.IMPORT_FAILED,
            imported,
            by=by,
            at=at,
            data=_event_data(imported),
        )
    return imported


def _lock(imported: Import) -> Import:
    imported = lock_row(imported)
    if imported.state not in (ImportState.CHECKED, ImportState.FAILED):
        raise TooLate(
            "This file was applied already."
            if imported.state == ImportState.APPLIED
            else "This file has problems: correct them and send it again."
        )
    return imported


def _store_report(imported: Import, report: Report) -> None:
    imported.rows, imported.unchanged = report.rows, report.unchanged
    imported.expressions, imported.awards = report.expressions, report.awards
    imported.problems = [_shorten_problem(problem) for problem in report.problems]
    imported.notices = [_truncate(text) for text in report.notices[:MOST_PROBLEMS]]


def _shorten_problem(problem: Problem) -> dict[str, object]:
    """Shorten the text of a problem: a cell can be very long."""
    values = asdict(problem)
    return values | {
        "column": _truncate(problem.column),
        "sentence": _truncate(values["sentence"]),
    }


def _truncate(text: str) -> str:
    limit = limits.PROBLEM
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def _event_data(imported: Import) -> dict[str, object]:
    return {
        "digest": imported.digest,
        "rows": imported.rows,
        "expressions": imported.expressions,
        "awards": imported.awards,
        "unchanged": imported.unchanged,
        "problems": len(imported.problems),
    }
