"""Scans waiting documents: lease, scan, save the verdict.

If the scanner is down, the queue stops until the next sweep. If it dies during a scan,
the document is scanned again later. After `MAX_INTERRUPTIONS` the document is refused,
because it may be the cause.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import structlog
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q, QuerySet

from innovation.audit import events
from innovation.core import clock, leases
from innovation.documents import scanner
from innovation.documents.events import DocumentsEvent
from innovation.documents.models import (
    DISCARDED_STATES,
    Document,
    DocumentState,
    folder_at,
)

log = structlog.get_logger(__name__)
LEASE = timedelta(minutes=10)
"""Much longer than the scan of the largest document takes."""
PAUSE = timedelta(seconds=30)
MAX_INTERRUPTIONS = 8
UNFINISHED = "scanner could not finish"
ORPHANED_AFTER = timedelta(days=1)
_PIECE_BYTES = 256 * 1024
_EVENTS = {
    DocumentState.CLEAN: DocumentsEvent.DOCUMENT_FOUND_CLEAN,
    DocumentState.INFECTED: DocumentsEvent.DOCUMENT_FOUND_INFECTED,
    DocumentState.REFUSED: DocumentsEvent.DOCUMENT_REFUSED,
}


def is_due(at: datetime) -> Q:
    """Waiting documents, and those that were added while no scanner was set up."""
    unleased = Q(lease_until__isnull=True, not_before__lte=at) | Q(lease_until__lt=at)
    return Q(state=DocumentState.WAITING) & unleased | Q(state=DocumentState.UNSCANNED)


def scan(ids: Sequence[int]) -> None:
    """Scan these documents, until the scanner is down."""
    if scanner.is_configured():
        all(_scan_one(pk) is not None for pk in ids)


def sweep(until: datetime) -> None:
    """Scan what is due, oldest first, and start none after `until`."""
    while scanner.is_configured() and (ids := _due_ids()):
        count = 0
        for pk in ids:
            if clock.now() >= until or (is_done := _scan_one(pk)) is None:
                return
            count += is_done
        if not count:
            return


def stuck_documents() -> QuerySet[Document]:
    """Documents that administrators should look at."""
    delayed = Q(state=DocumentState.WAITING) & ~Q(last_error="")
    unfinished = Q(state=DocumentState.REFUSED, finding=UNFINISHED)
    return Document.objects.filter(delayed | unfinished).order_by("-added_at", "-id")


def _due_ids() -> list[int]:
    documents = Document.objects.filter(is_due(clock.now())).order_by("added_at", "id")
    return list(documents.values_list("pk", flat=True)[:100])


def _scan_one(pk: int) -> bool | None:
    """Scan one document. `False` if it is not due or another worker has it, `None` if
    the scanner is down.
    """
    document = _lease(pk, at=clock.now())
    if document is None:
        return False
    try:
        verdict = scanner.get_scanner().scan(_pieces(document))
    except scanner.ScannerUnavailable as error:
        log.warning("scanner_away", document=document.key, error=str(error))
        _postpone(document, error="scanner away", until=clock.now())
        return None
    except Exception as error:
        # Errors of the scanner or the storage must not stop the other documents.
        log.exception("document_not_scanned", document=document.key)
        _note_interruption(document, error)
        return True
    _close(document, verdict, at=clock.now())
    return True


def _pieces(document: Document) -> Iterator[bytes]:
    with document.file.open("rb") as file:
        yield from file.chunks(_PIECE_BYTES)


def _lease(pk: int, *, at: datetime) -> Document | None:
    """Lease the document. A lost lease counts: the document may be the cause."""
    document = leases.take(
        Document.objects.filter(is_due(at), pk=pk),
        state=DocumentState.WAITING,
        lasts=LEASE,
        at=at,
        lost_counter="interruptions",
    )
    if document and document.interruptions >= MAX_INTERRUPTIONS:
        _give_up(document)
        return None
    return document


def _note_interruption(document: Document, error: Exception) -> None:
    document.interruptions += 1
    if document.interruptions >= MAX_INTERRUPTIONS:
        _give_up(document)
    else:
        pause = PAUSE * document.interruptions
        cause = type(error.__cause__ or error).__name__
        _postpone(document, error=cause, until=clock.now() + pause)


def _give_up(document: Document) -> None:
    verdict = scanner.Verdict(scanner.Result.REFUSED, UNFINISHED)
    _close(document, verdict, at=clock.now())


def _postpone(document: Document, *, error: str, until: datetime) -> None:
    leases.close(
        document,
        error=error,
        not_before=until,
        interruptions=document.interruptions,
    )


def _close(document: Document, verdict: scanner.Verdict, *, at: datetime) -> None:
    """Save the verdict and its event. An infected file is deleted after the commit; if
    that fails, `delete_orphaned_files` finds it.
    """
    state, finding = DocumentState(verdict.result), verdict.finding[:100]
    name = str(document.file.name)
    discarded = state in DISCARDED_STATES
    with transaction.atomic():
        if not leases.close(
            document,
            state=state,
            finding=finding,
            scanned_at=at,
            file="" if discarded else name,
        ):
            return
        if discarded:
            transaction.on_commit(lambda: default_storage.delete(name))
        events.record(
            _EVENTS[state],
            document,
            by=events.SERVICE,
            at=at,
            data={"finding": finding} if finding else {},
        )


def delete_orphaned_files(*, at: datetime) -> int:
    """Delete files without a row, whose adding was rolled back or whose deletion
    failed. Only old ones, because a row is committed after its file.
    """
    count = 0
    for folder in {folder_at(at), folder_at(at - timedelta(days=28))}:
        documents = Document.objects.filter(file__startswith=folder)
        names = set(documents.values_list("file", flat=True))
        for name in _stored_names(folder) - names:
            if default_storage.get_modified_time(name) < at - ORPHANED_AFTER:
                default_storage.delete(name)
                count += 1
    return count


def _stored_names(folder: str) -> set[str]:
    try:
        _, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return set()
    return {f"{folder}/{name}" for name in files}
