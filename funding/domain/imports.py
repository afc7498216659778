"""Imports of past cases: a file is uploaded, checked, and then applied or not.

Checking only saves the file. Applying checks it again, under a lock, and is all or
nothing. Applying the same file twice changes nothing.

A file with a case of a day before today changes what the public figures said of that
day. It is only sent, and a second person confirms or declines it, who has seen each
figure before and after.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime

import structlog
from django.db import transaction

from funding import policies
from funding.domain import revisions
from funding.domain.importing import case_writer, figure_changes, file_checker
from funding.domain.importing.report import MAX_PROBLEMS, Problem, Report
from funding.events import FundingEvent
from funding.models import Import
from funding.models.imports import ImportState
from innovation.accounts.models import User
from innovation.accounts.permissions import require_permission
from innovation.accounts.roles import Permission
from innovation.audit import events
from innovation.audit.models import Chain
from innovation.core import clock, limits
from innovation.core.errors import DomainError, Invalid, TooLate
from innovation.core.rows import lock_row
from innovation.notifications import letters

APPLICABLE_STATES = (ImportState.CHECKED, ImportState.FAILED)
"""In these somebody can import the cases, or send them to a second person."""

log = structlog.get_logger()
_REPORT_FIELDS = (
    "rows",
    "unchanged",
    "expressions",
    "awards",
    "problems",
    "notices",
    "revises_past",
)
_FAILURE_SENTENCE = (
    "The import stopped before it was finished, so none of its cases were saved. "
    "You can try again."
)


@dataclass(frozen=True, slots=True)
class Preview:
    """What would happen if the import were applied now."""

    report: Report
    effect: revisions.Effect
    revises_past: bool


def check(content: bytes, *, at: datetime) -> Report:
    """A dry run: the report on a file, without saving it."""
    return file_checker.check_content(content, today=clock.london_day(at))


@transaction.atomic
def receive(content: bytes, *, file_name: str, by: User, at: datetime) -> Import:
    """Save a file with the report on it."""
    require_permission(by, Permission.IMPORT_CASES)
    report = check(content, at=at)
    past = figure_changes.revises_past(report, today=clock.london_day(at))
    imported = Import(
        chain=events.open_chain(Chain.Kind.SERVICE),
        file_name="".join(c for c in file_name if c.isprintable())[-200:] or "file",
        digest=hashlib.sha256(content).hexdigest(),
        content=None if report.problems else content,
        state=ImportState.REFUSED if report.problems else ImportState.CHECKED,
        received_by=by,
        received_at=at,
    )
    _store_report(imported, report, revises_past=past)
    imported.save()
    _record(FundingEvent.IMPORT_CHECKED, imported, by, at)
    return imported


def preview(imported: Import, *, at: datetime) -> Preview:
    """Check the file again, against what is known now. Nothing is written."""
    report = check(bytes(imported.content or b""), at=at)
    today = clock.london_day(at)
    return Preview(
        report,
        figure_changes.effect_of(report, today=today),
        figure_changes.revises_past(report, today=today),
    )


def apply(imported: Import, *, by: User, at: datetime) -> Import:
    """Write all cases of a checked file, or none. If one of them is of a day before
    today, only send the file to a second person.

    The import is then `applied` or `waiting`, or `refused` if something has changed
    since the check, or `failed`. Raise `TooLate` for a file that was applied, had
    problems or waits.
    """
    require_permission(by, Permission.IMPORT_CASES)
    with _failures_marked(imported, by, at) as attempt:
        attempt.imported = _apply(imported, by, at)
    return attempt.imported


def confirm(imported: Import, *, effect_digest: str, by: User, at: datetime) -> Import:
    """Apply a file that somebody else sent. `effect_digest` is that of the effect that
    this person has seen: if the past figures have moved since, raise `Invalid`.
    """
    require_permission(by, Permission.IMPORT_CASES)
    with _failures_marked(imported, by, at) as attempt:
        attempt.imported = _confirm(imported, effect_digest, by, at)
    return attempt.imported


@transaction.atomic
def decline(imported: Import, *, reason: str, by: User, at: datetime) -> Import:
    """Refuse a file that waits. Its sender can do this too, to take it back."""
    require_permission(by, Permission.IMPORT_CASES)
    imported = _lock_waiting(imported)
    if not reason.strip():
        raise Invalid.field("reason", "Enter why it is refused")
    imported.state = ImportState.DECLINED
    imported.declined_by, imported.declined_at = by, at
    imported.declined_because = reason.strip()
    imported.save(
        update_fields=["state", "declined_by", "declined_at", "declined_because"]
    )
    _record(FundingEvent.IMPORT_DECLINED, imported, by, at)
    _notify_sender("import_declined", imported, by, at, reason=reason.strip())
    return imported


def _apply(imported: Import, by: User, at: datetime) -> Import:
    imported = _lock(imported)
    if imported.state not in APPLICABLE_STATES:
        raise TooLate(_refusal(imported))
    current = _check_again(imported, at)
    if current.report.problems:
        return _refuse(imported, by, at)
    if not current.revises_past:
        return _write(imported, current, by, at)
    imported.state = ImportState.WAITING
    imported.sent_by, imported.sent_at = by, at
    imported.save(update_fields=[*_REPORT_FIELDS, "state", "sent_by", "sent_at"])
    _record(FundingEvent.IMPORT_SENT, imported, by, at)
    return imported


def _confirm(imported: Import, effect_digest: str, by: User, at: datetime) -> Import:
    imported = _lock_waiting(imported)
    policies.require_may_confirm(by, imported)
    current = _check_again(imported, at)
    if current.report.problems:
        return _refuse(imported, by, at)
    revisions.require_seen(current.effect, effect_digest)
    return _write(imported, current, by, at)


def _write(imported: Import, current: Preview, by: User, at: datetime) -> Import:
    today = current.effect.today
    case_writer.write(imported, current.report, by=by, at=at, revised_on=today)
    imported.state = ImportState.APPLIED
    imported.applied_by, imported.applied_at = by, at
    imported.save(update_fields=[*_REPORT_FIELDS, "state", "applied_by", "applied_at"])
    _record(FundingEvent.IMPORT_APPLIED, imported, by, at)
    revisions.record(current.effect, imported, by=by, at=at)
    _notify_sender("import_confirmed", imported, by, at)
    return imported


def _refuse(imported: Import, by: User, at: datetime) -> Import:
    imported.state = ImportState.REFUSED
    imported.save(update_fields=[*_REPORT_FIELDS, "state"])
    _record(FundingEvent.IMPORT_REFUSED, imported, by, at)
    return imported


def _check_again(imported: Import, at: datetime) -> Preview:
    # Two files with the same cases: the second is checked after the first.
    revisions.lock_imported_cases()
    current = preview(imported, at=at)
    _store_report(imported, current.report, revises_past=current.revises_past)
    return current


class _Attempt:
    imported: Import


@contextmanager
def _failures_marked(imported: Import, by: User, at: datetime) -> Iterator[_Attempt]:
    """If the import stops, undo it and mark it as failed."""
    attempt = _Attempt()
    try:
        with transaction.atomic():
            yield attempt
    except DomainError:
        raise
    except Exception:
        log.exception("import failed", import_key=imported.key)
        attempt.imported = _mark_failed(imported, by, at)


def _mark_failed(imported: Import, by: User, at: datetime) -> Import:
    with transaction.atomic():
        imported = _lock(imported)
        imported.state = ImportState.FAILED
        imported.problems = [asdict(Problem(None, "", _FAILURE_SENTENCE))]
        imported.save(update_fields=["state", "problems"])
        _record(FundingEvent.IMPORT_FAILED, imported, by, at)
    return imported


def _lock(imported: Import) -> Import:
    imported = lock_row(imported)
    if imported.state not in (*APPLICABLE_STATES, ImportState.WAITING):
        raise TooLate(_refusal(imported))
    return imported


def _lock_waiting(imported: Import) -> Import:
    imported = lock_row(imported, "sent_by")
    if imported.state != ImportState.WAITING:
        raise TooLate(_refusal(imported))
    return imported


def _refusal(imported: Import) -> str:
    return {
        ImportState.APPLIED: "This file has already been imported.",
        ImportState.WAITING: "This file already waits for a second person.",
        ImportState.DECLINED: "A second person has refused this file.",
        ImportState.REFUSED: "This file has problems. Correct them and send it again.",
    }.get(
        ImportState(imported.state),
        "This file does not wait for a second person. Send it to one first.",
    )


def _record(event: FundingEvent, imported: Import, by: User, at: datetime) -> None:
    events.record(event, imported, by=by, at=at, data=_event_data(imported))


def _notify_sender(
    kind: str, imported: Import, by: User, at: datetime, **facts: object
) -> None:
    """Write to the person who sent the file, if somebody else answered."""
    if imported.sent_by is not None and imported.sent_by_id != by.pk:
        letters.queue(
            kind,
            to=[imported.sent_by],
            chain=None,
            subject=imported.key,
            at=at,
            facts={"file_name": imported.file_name, **facts},
        )


def _store_report(imported: Import, report: Report, *, revises_past: bool) -> None:
    imported.revises_past = revises_past
    imported.rows, imported.unchanged = report.rows, report.unchanged
    imported.expressions, imported.awards = report.expressions, report.awards
    imported.problems = [_shorten_problem(problem) for problem in report.problems]
    imported.notices = [_truncate(text) for text in report.notices[:MAX_PROBLEMS]]


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
