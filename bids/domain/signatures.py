"""The signature under a case, for those who hold the case locked: see `sign_off`."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from bids import policies
from bids.domain.applications import Case, owner_of
from bids.events import BidsEvent
from bids.models import Bid, Expression, Signature
from innovation.accounts.models import Membership, User
from innovation.accounts.policies import (
    authorisers_of,
    lock_authoriser,
    require_authoriser,
)
from innovation.audit import events
from innovation.core import statements
from innovation.core.errors import Invalid, NotAllowed

SIGNED_EVENTS: dict[type[Case], BidsEvent] = {
    Expression: BidsEvent.EXPRESSION_SIGNED,
    Bid: BidsEvent.BID_SIGNED,
}
ENDED_EVENTS: dict[type[Case], BidsEvent] = {
    Expression: BidsEvent.EXPRESSION_SIGNATURE_ENDED,
    Bid: BidsEvent.BID_SIGNATURE_ENDED,
}


def current_signature(case: Case) -> Signature | None:
    """The valid signature. It ends with an edit, and is valid only while the signer may
    sign for the lead organisation.
    """
    signers = authorisers_of(case.lead).values("user")
    current = _open_signatures(type(case), case.pk).filter(signed_by__in=signers)
    return current.first()


def give(case: Case, *, by: User, at: datetime) -> Signature:
    """Sign. Only an authoriser of the lead organisation may."""
    membership = lock_authoriser(by, case.lead)
    if membership is None:
        raise NotAllowed(f"Only an authoriser of {case.lead.name} can sign this off.")
    earlier_signatures = _current_signatures(case)
    return _create_signature(case, membership, at, in_place_of=earlier_signatures)


def require(case: Case, *, by: User, at: datetime) -> Signature:
    """Require a signature. An authoriser who submits the case signs it by that."""
    earlier_signatures = _current_signatures(case)
    for signature in earlier_signatures:
        if lock_authoriser(signature.signed_by, case.lead):
            return signature
    membership = lock_authoriser(by, case.lead)
    if membership is None:
        raise Invalid.field(
            None,
            f"An authoriser of {case.lead.name} must sign this off before it can be "
            "sent",
        )
    return _create_signature(case, membership, at, in_place_of=earlier_signatures)


def end(case: Case, *, by: User, at: datetime) -> None:
    """End the signature because the case was edited, and record it."""
    _end(_current_signatures(case), case, by=by, at=at)


def _end(
    signatures: Iterable[Signature], case: Case, *, by: User, at: datetime
) -> None:
    for signature in signatures:
        signature.ended_at = at
        signature.save(update_fields=["ended_at"])
        events.record(
            ENDED_EVENTS[type(case)],
            case,
            by=by,
            at=at,
            data={"signature": signature.key},
        )


def needs_authoriser_to_withdraw(case: Case) -> bool:
    """Whether only an authoriser may withdraw it: everything except a draft expression,
    because a bid comes from an expression that was submitted.
    """
    return isinstance(case, Bid) or case.submitted_at is not None


def require_to_withdraw(case: Case, user: User) -> None:
    policies.require_edit(user, case.lead)
    if needs_authoriser_to_withdraw(case):
        require_authoriser(user, case.lead)


def _create_signature(
    case: Case,
    membership: Membership,
    at: datetime,
    *,
    in_place_of: Iterable[Signature],
) -> Signature:
    """Create a signature, in place of those whose signer may no longer sign."""
    _end(in_place_of, case, by=membership.user, at=at)
    office = membership.get_office_display() or membership.get_standing_display()
    return Signature.objects.create(
        **owner_of(case), signed_by=membership.user, office=office, signed_at=at
    )


def _current_signatures(case: Case) -> list[Signature]:
    return statements.fetch(_open_signatures, case.pk, variant=(type(case),))


def _open_signatures(model: type[Case], pk: int) -> "QuerySet[Signature]":
    return model(pk=pk).signatures.filter(ended_at=None).select_related("signed_by")
