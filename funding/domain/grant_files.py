"""Files of claims and reports: added and removed while these are drafts, then sent."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from funding.models import Claim, GrantFile, MonitoringReport, Payment
from innovation.accounts.models import User
from innovation.audit import events
from innovation.core import limits
from innovation.core.errors import Invalid
from innovation.documents.domain import documents
from innovation.documents.events import DocumentsEvent
from innovation.documents.models import DISCARDED_STATES

FIELD = "chosen"
REMOVE_FIELD = "remove"
Subject = Payment | MonitoringReport


def draft_files(subject: Subject) -> QuerySet[GrantFile]:
    """The files that were added and are not sent yet."""
    files = GrantFile.objects.filter(sent_at=None, removed_at=None)
    return files.filter(**owner_of(subject)).select_related("document__chain")


def owner_of(subject: Subject) -> dict[str, Subject]:
    name = "payment" if isinstance(subject, Payment) else "report"
    return {name: subject}


def change(
    subject: Subject,
    *,
    added: "Sequence[UploadedFile[bytes]]",
    removed: Collection[str],
    by: User,
    at: datetime,
) -> None:
    """Remove files by key and add others, on the locked award."""
    for file in draft_files(subject).filter(key__in=removed):
        file.removed_at = at
        file.save(update_fields=["removed_at"])
        events.record(DocumentsEvent.DOCUMENT_REMOVED, file.document, by=by, at=at)
    count = draft_files(subject).count()
    if count + len(added) > limits.FILES_OF_QUESTION:
        raise Invalid.field(
            FIELD, f"Add at most {limits.FILES_OF_QUESTION} files in total"
        )
    if added:
        chain = subject.award.chain
        stored = documents.add(added, chain=chain, field=FIELD, by=by, at=at)
        owner = owner_of(subject)
        GrantFile.objects.bulk_create(
            GrantFile(**owner, document=document) for document in stored
        )


def send(subject: Subject, *, at: datetime, claim: Claim | None = None) -> None:
    """Send the draft’s files with a claim or a report, before its event is recorded.
    Refuse while one of them was deleted by the virus scanner.
    """
    rejected = draft_files(subject).filter(document__state__in=DISCARDED_STATES)
    names = list(rejected.values_list("document__name", flat=True))
    if names:
        raise Invalid(
            {
                REMOVE_FIELD: [
                    f"Remove “{name}”, which the virus scanner refused"
                    for name in names
                ]
            }
        )
    for file in draft_files(subject):
        file.claim, file.sent_at = claim, at
        file.save(update_fields=["claim", "sent_at"])
