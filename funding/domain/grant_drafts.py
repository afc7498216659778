"""Drafts of claims and reports, which the holder’s people write before one is sent."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from funding.domain import grant_files
from funding.domain.grant_files import Subject
from funding.domain.payments import PLAN_CHANGED
from funding.models import GrantDraft, MonitoringReport, Payment
from funding.policies import require_writer
from innovation.accounts.models import User
from innovation.core.errors import TooLate
from innovation.core.rows import lock_row

S = TypeVar("S", bound=Payment | MonitoringReport)


@transaction.atomic
def save(
    subject: Subject,
    *,
    values: Mapping[str, object],
    by: User,
    at: datetime,
    files: "Sequence[UploadedFile[bytes]]" = (),
    removed: Collection[str] = (),
) -> GrantDraft:
    """Save what was typed by field, valid or not, and the files."""
    subject = lock(subject, by)
    grant_files.change(subject, added=files, removed=removed, by=by, at=at)
    owner = grant_files.owner_of(subject)
    draft = GrantDraft.objects.filter(**owner).first() or GrantDraft(**owner)
    draft.values, draft.saved_by, draft.saved_at = dict(values), by, at
    draft.save()
    return draft


def lock(subject: S, by: User) -> S:
    """Lock a payment or a report that can still be sent, for somebody who may write
    what is sent: the award first, as `payments` does.
    """
    award = lock_row(subject.award, "chain", "lead")
    require_writer(by, award)
    locked = lock_row(subject, missing_message=PLAN_CHANGED)
    locked.award = award
    require_open(locked)
    return locked


def require_open(subject: Subject) -> None:
    """Refuse what was sent: nobody can change it."""
    if isinstance(subject, MonitoringReport):
        if subject.handed_in_at is not None:
            raise TooLate("This report was already handed in.")
    elif not subject.can_be_requested:
        raise TooLate("This payment was already asked for.")


def values_of(subject: Subject) -> Mapping[str, object]:
    draft = of_subject(subject)
    return draft.values if draft else {}


def of_subject(subject: Subject) -> GrantDraft | None:
    drafts = GrantDraft.objects.filter(**grant_files.owner_of(subject))
    return drafts.select_related("saved_by").first()


def delete(subject: Subject) -> None:
    GrantDraft.objects.filter(**grant_files.owner_of(subject)).delete()
