"""Adds and removes the files that answer a question of a draft."""

from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from bids.domain import drafts, signatures, standard_questions
from bids.domain.applications import Case
from bids.domain.queries import case_snapshot
from bids.models import Bid, CaseDocument, Question
from bids.models.question_type import QuestionType
from innovation.accounts.models import User
from innovation.audit import events
from innovation.core import limits
from innovation.core.errors import Invalid, TooLate
from innovation.documents.domain import documents
from innovation.documents.events import DocumentsEvent
from innovation.documents.models import Document

MAX_FILES = limits.FILES_OF_QUESTION
FIELD = "chosen"


def upload_question(case: Case, code: str) -> Question | None:
    """The question with this code, if it is applicable and is answered with files."""
    for question in standard_questions.questions_of(case_snapshot.with_snapshot(case)):
        if question.code == code and question.kind == QuestionType.UPLOAD:
            return question
    return None


@transaction.atomic
def add(
    case: Case,
    files: "Sequence[UploadedFile[bytes]]",
    *,
    code: str,
    by: User,
    at: datetime,
) -> list[Document]:
    """Add all files or none. This ends a signature. Raise `Invalid` for `chosen`,
    naming each bad file.
    """
    case = drafts.lock_for_writing(case, by)
    drafts.require_writable(case)
    if upload_question(case, code) is None:
        raise Invalid.field(FIELD, "This question does not ask for files")
    there = case.documents.filter(code=code, removed_at=None).count()
    if there + len(files) > MAX_FILES:
        raise Invalid.field(FIELD, f"Add at most {MAX_FILES} files here, in total")
    signatures.end(case, by=by, at=at)
    added = documents.add(files, chain=case.chain, field=FIELD, by=by, at=at)
    CaseDocument.objects.bulk_create(
        CaseDocument(**_owner(case), code=code, document=document) for document in added
    )
    return added


@transaction.atomic
def remove(attached: CaseDocument, *, by: User, at: datetime) -> None:
    """Remove a file from the case. The document stays: a bid and its expression can
    share it.
    """
    case = drafts.lock_for_writing(attached.case, by)
    drafts.require_writable(case)
    rows = CaseDocument.objects.filter(pk=attached.pk, removed_at=None)
    if not rows.update(removed_at=at):
        raise TooLate("This file was removed before.")
    signatures.end(case, by=by, at=at)
    events.record(DocumentsEvent.DOCUMENT_REMOVED, attached.document, by=by, at=at)


def _owner(case: Case) -> dict[str, Case]:
    return {"bid" if isinstance(case, Bid) else "expression": case}
