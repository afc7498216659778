"""Drafts of claims and reports, which the holder’s people write before one is sent."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from funding.domain import grant_files
from funding.domain.grant_files import Subject
from funding.models import Award, GrantDraft, GrantFile, MonitoringReport, Payment
from funding.policies import require_authoriser, require_writer
from funding.wording import PLAN_CHANGED
from innovation.accounts.models import User
from innovation.core.errors import Invalid, TooLate
from innovation.core.money import Money
from innovation.core.rows import lock_row

S = TypeVar("S", bound=Subject)


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


def lock(subject: S, person: User) -> S:
    """Lock a payment or a report that can still be sent, for somebody who may write
    what is sent: the award first, as `payments` does.
    """
    award = lock_row(subject.award, "chain", "lead")
    require_writer(person, award)
    locked = lock_row(subject, missing_message=PLAN_CHANGED)
    locked.award = award
    require_open(locked)
    return locked


def lock_to_send(subject: S, sender: User, *, spent: Money | None) -> S:
    """Lock it for an authoriser who sends it. `spent` is what was spent of the whole
    grant so far.
    """
    locked = lock(subject, sender)
    require_authoriser(sender, locked.award)
    amount = locked.award.amount
    if spent is not None and amount is not None and spent > amount:
        raise Invalid.field(
            "spent", f"Enter {amount} or less, which is the whole grant"
        )
    return locked


def require_open(subject: Subject) -> None:
    """Refuse what was sent: nobody can change it."""
    if isinstance(subject, MonitoringReport):
        if subject.handed_in_at is not None:
            raise TooLate("This report was already handed in.")
    elif not subject.can_be_requested:
        raise TooLate("This payment was already asked for.")


def of_subject(subject: Subject) -> GrantDraft | None:
    drafts = GrantDraft.objects.filter(**grant_files.owner_of(subject))
    return drafts.select_related("saved_by").first()


def delete(subject: Subject) -> None:
    GrantDraft.objects.filter(**grant_files.owner_of(subject)).delete()


@dataclass(frozen=True, slots=True)
class DetachedDrafts:
    """What was drafted for instalments, by their numbers."""

    drafts: Mapping[int, GrantDraft]
    files: Mapping[int, Sequence[int]]
    """The ids of the files."""


def detach(award: Award) -> DetachedDrafts:
    """Take the drafts of claims from the planned payments of the locked award, which
    are about to be replaced.
    """
    files: dict[int, list[int]] = {}
    added = GrantFile.objects.filter(payment__award=award)
    for pk, number in added.values_list("pk", "payment__instalment"):
        files.setdefault(number, []).append(pk)
    added.update(payment=None)
    drafted = award.payments.filter(draft__isnull=False)
    drafts = {
        payment.instalment: payment.draft
        for payment in drafted.select_related("draft__saved_by")
    }
    return DetachedDrafts(drafts, files)


def attach(detached: DetachedDrafts, planned: Sequence[Payment]) -> None:
    """Give the drafts to the new instalments of their numbers, or to the last one: a
    text that is there already comes first.
    """
    targets = {payment.instalment: payment for payment in planned}
    notes: dict[int, list[str]] = {}
    for number, draft in sorted(detached.drafts.items()):
        target = targets.get(number, planned[-1])
        texts = notes.setdefault(target.pk, [])
        texts.append(str(draft.values.get("note", "")))
        GrantDraft.objects.update_or_create(
            payment=target,
            defaults={
                "values": {**draft.values, "note": "\n\n".join(filter(None, texts))},
                "saved_by": draft.saved_by,
                "saved_at": draft.saved_at,
            },
        )
    for number, pks in detached.files.items():
        target = targets.get(number, planned[-1])
        GrantFile.objects.filter(pk__in=pks).update(payment=target)
