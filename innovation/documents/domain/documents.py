"""Adds files to a case."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Count, Sum

from innovation.accounts.models import User
from innovation.audit import events
from innovation.audit.models import Chain
from innovation.core import jobs, limits
from innovation.core.errors import Invalid
from innovation.documents import scanner
from innovation.documents.events import DocumentsEvent
from innovation.documents.models import Document, DocumentState
from innovation.documents.validators import FileRejected, kind_of
from innovation.documents.validators.names import tidy_name

SCAN = "innovation.documents.tasks.scan"


def add(
    uploads: "Sequence[UploadedFile[bytes]]",
    *,
    chain: Chain,
    field: str,
    by: User,
    at: datetime,
) -> list[Document]:
    """Add all files or none, in the transaction of the caller, who has checked that
    `by` may. Raise `Invalid` for `field`, with a sentence for each bad file.

    Each file is stored before its row is written, so that no row is without its file. A
    file whose row is rolled back is deleted later.
    """
    _require_room(uploads, chain=chain, field=field)
    kinds, wrong = {}, []
    for upload in uploads:
        try:
            kinds[upload] = kind_of(upload)
        except FileRejected as unfit:
            wrong.append(str(unfit))
    if wrong:
        raise Invalid({field: wrong})
    with transaction.atomic():
        added = [
            _store(upload, kinds[upload], chain=chain, by=by, at=at)
            for upload in uploads
        ]
        jobs.enqueue(SCAN, [document.pk for document in added])
    return added


def _require_room(
    uploads: "Sequence[UploadedFile[bytes]]", *, chain: Chain, field: str
) -> None:
    """Removed files count too, because they are kept."""
    there = Document.objects.filter(chain=chain).aggregate(
        files=Count("pk"), size=Sum("size", default=0)
    )
    if there["files"] + len(uploads) > limits.FILES_OF_CASE:
        raise Invalid.field(
            field, f"At most {limits.FILES_OF_CASE} files can be added here in total"
        )
    size = there["size"] + sum(upload.size or 0 for upload in uploads)
    if size > limits.BYTES_OF_CASE:
        megabytes = limits.BYTES_OF_CASE // 1_000_000
        raise Invalid.field(field, f"At most {megabytes} MB can be added here in total")


def _store(
    upload: "UploadedFile[bytes]", kind: str, *, chain: Chain, by: User, at: datetime
) -> Document:
    waits = scanner.is_configured()
    document = Document(
        chain=chain,
        name=tidy_name(upload.name or ""),
        kind=kind,
        size=upload.size or 0,
        digest=_digest(upload),
        state=DocumentState.WAITING if waits else DocumentState.UNSCANNED,
        added_by=by,
        added_at=at,
        not_before=at,
    )
    upload.seek(0)
    document.file.save("", upload, save=False)
    document.save()
    events.record(
        DocumentsEvent.DOCUMENT_ADDED,
        document,
        by=by,
        at=at,
        data={"kind": kind, "size": document.size},
    )
    return document


def _digest(upload: "UploadedFile[bytes]") -> str:
    sha256 = hashlib.sha256()
    for piece in upload.chunks():
        sha256.update(piece)
    return sha256.hexdigest()
