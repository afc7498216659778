"""The signature under a case, for those who hold the case locked: see `sign_off`."""

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
    return _current_signatures(case).filter(signed_by__in=signers).first()


def give(case: Case, *, by: User, at: datetime) -> Signature:
    """Sign. Only an authoriser of the lead organisation may."""
    membership = lock_authoriser(by, case.lead)
    if membership is None:
        raise NotAllowed(f"Only an authoriser of {case.lead.name} can sign this off.")
    return _create_signature(case, membership, at)


def require(case: Case, *, by: User, at: datetime) -> Signature:
    """Require a signature. An authoriser who submits the case signs it by that."""
    signature = current_signature(case)
    if (
        signature is not None
        and lock_authoriser(signature.signed_by, case.lead) is None
    ):
        signature = None
    if signature is None and (membership := lock_authoriser(by, case.lead)):
        signature = _create_signature(case, membership, at)
    if signature is None:
        raise Invalid.field(
            None,
            f"An authoriser of {case.lead.name} must sign this off before it can be "
            "sent",
        )
    return signature


def end(case: Case, *, by: User, at: datetime) -> None:
    """End the signature because the case was edited, and record it."""
    for signature in _current_signatures(case):
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


def _create_signature(case: Case, membership: Membership, at: datetime) -> Signature:
    """Create a signature, in place of one whose signer may no longer sign."""
    end(case, by=membership.user, at=at)
    office = membership.get_office_display() or membership.get_standing_display()
    return Signature.objects.create(
        **owner_of(case), signed_by=membership.user, office=office, signed_at=at
    )


def _current_signatures(case: Case) -> "QuerySet[Signature]":
    return case.signatures.filter(ended_at=None).select_related("signed_by")
