"""Where the signature under a case stands: asked, signed, declined or ended."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from bids.domain.applications import Case
from bids.models import Signature, SignatureRequest
from bids.models import SignatureRequestState as State
from bids.models.signature_request import SignatureRequestQuerySet
from innovation.accounts.models import Membership, User
from innovation.core import statements


@dataclass(frozen=True, slots=True)
class SignOff:
    """`signature` is the valid one; `ended` the last one, if there is no valid one.
    `waiting` are the open requests to people who can sign, the newest first.
    `declined` is the newest request, if it was declined and nobody was asked since.
    """

    signature: Signature | None
    ended: Signature | None
    waiting: list[SignatureRequest]
    declined: SignatureRequest | None

    def request_to(self, user: User) -> SignatureRequest | None:
        """The request that waits for this user."""
        return next((row for row in self.waiting if row.person == user), None)


def sign_off_of(case: Case, signers: Iterable[Membership]) -> SignOff:
    """`signers` are the authorisers of the lead organisation. Takes two queries."""
    signer_ids = {member.user_id for member in signers}
    variant = (type(case),)
    signatures: list[Signature] = statements.fetch(
        _signatures, case.pk, variant=variant
    )
    requests: list[SignatureRequest] = statements.fetch(
        _requests, case.pk, variant=variant
    )
    valid = [
        row
        for row in signatures
        if row.ended_at is None and row.signed_by_id in signer_ids
    ]
    waiting = [
        row
        for row in requests
        if row.is_waiting and (row.person is None or row.person.pk in signer_ids)
    ]
    newest = requests[0] if requests else None
    is_declined = newest is not None and newest.state == State.DECLINED
    return SignOff(
        signature=valid[0] if valid else None,
        ended=signatures[0] if signatures and not valid else None,
        waiting=[] if valid else waiting,
        declined=newest if is_declined and not valid and not waiting else None,
    )


def waiting_requests(case: Case) -> SignatureRequestQuerySet:
    """The requests under the case that somebody can still answer."""
    return _requests_of(type(case), case.pk).waiting()


def _signatures(model: type[Case], pk: int) -> "QuerySet[Signature]":
    rows = model(pk=pk).signatures.select_related("signed_by")
    return rows.order_by("-signed_at", "-id")


def _requests(model: type[Case], pk: int) -> SignatureRequestQuerySet:
    return _requests_of(model, pk).select_related(
        "asked_of", "asked_by", "invitation__accepted_by"
    )


def _requests_of(model: type[Case], pk: int) -> SignatureRequestQuerySet:
    return SignatureRequest.objects.filter(**{str(model._meta.model_name): pk})
