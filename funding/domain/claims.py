"""Claims: an authoriser of the recipient asks for an instalment that has fallen due."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from funding.domain import grant_drafts, grant_files, payments
from funding.models import Claim, Payment
from innovation.accounts.models import User
from innovation.core.money import Money


@transaction.atomic
def send(
    payment: Payment,
    *,
    spent: Money,
    by: User,
    at: datetime,
    note: str = "",
    files: "Sequence[UploadedFile[bytes]]" = (),
    removed: Collection[str] = (),
) -> Claim:
    """Send a claim with its files. The draft of it is deleted."""
    payment = grant_drafts.lock_to_send(payment, by, spent=spent)
    payments.require_due(payment, at)
    grant_files.change(payment, added=files, removed=removed, by=by, at=at)
    claim = Claim.objects.create(
        payment=payment, spent=spent, note=note.rstrip(), sent_by=by, sent_at=at
    )
    grant_files.send(payment, claim=claim, at=at)
    grant_drafts.delete(payment)
    payments.request(payment, by=by, at=at)
    return claim
