"""The signature under a case, for those who hold the case locked: see `sign_off`."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from bids import policies
from bids.domain.applications import Case, owner_of
from bids.events import BidsEvent
from bids.models import Bid, Expression, Signature, SignatureRequest
from bids.models import SignatureRequestState as RequestState
from innovation.accounts.models import Membership, User
from innovation.accounts.policies import (
    authorisers_of,
    lock_authoriser,
    require_authoriser,
)
from innovation.audit import events
from innovation.core import statements
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.core.formatting import format_moment
from innovation.notifications import letters

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
    return statements.first(
        _valid_signature, case.pk, case.lead_id, variant=(type(case),)
    )


def give(case: Case, *, by: User, at: datetime) -> Signature:
    """Sign. Only an authoriser of the lead organisation may. Whoever asked somebody to
    sign gets a letter.
    """
    membership = lock_authoriser(by, case.lead)
    if membership is None:
        raise NotAllowed(f"Only an authoriser of {case.lead.name} can sign this off.")
    earlier_signatures = _current_signatures(case)
    askers = [request.asked_by for request in _waiting_requests(case)]
    signature = _create_signature(case, membership, at, in_place_of=earlier_signatures)
    letters.queue(
        "signature_given",
        to=[person for person in askers if person != by],
        chain=case.chain,
        subject=case.key,
        at=at,
        facts=letter_facts(case) | {"by": str(by)},
    )
    return signature


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


class SignatureStands(TooLate):
    """An edit would end a signature of which its writer has not been told."""

    def __init__(self, signature: Signature) -> None:
        super().__init__(
            f"{signature.signed_by} signed this off on "
            f"{format_moment(signature.signed_at)}. What you changed is not saved yet: "
            "saving it ends the signature, and it will need signing again."
        )
        self.signature = signature


def require_warned(case: Case, warned_of: str) -> None:
    """Require that the writer was told of the signature, if there is a valid one, that
    their edit would end. `warned_of` is its key.
    """
    signature = current_signature(case)
    if signature is not None and signature.key != warned_of:
        raise SignatureStands(signature)


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
    policies.require_write(user, case)
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
    signature = Signature.objects.create(
        **owner_of(case), signed_by=membership.user, office=office, signed_at=at
    )
    for request in _waiting_requests(case):
        request.state, request.answered_at = RequestState.SIGNED, at
        request.signature = signature
        request.save(update_fields=["state", "answered_at", "signature"])
    return signature


def close_requests(case: Case, *, at: datetime) -> None:
    """End all requests to sign a case that is withdrawn."""
    for request in _waiting_requests(case):
        request.state, request.answered_at = RequestState.TAKEN_BACK, at
        request.save(update_fields=["state", "answered_at"])


def letter_facts(case: Case) -> dict[str, str]:
    """What each letter about signing says of the case. `noun` is in its address."""
    return {
        "title": case.title,
        "noun": "bids" if isinstance(case, Bid) else "expressions",
    }


def _current_signatures(case: Case) -> list[Signature]:
    return statements.fetch(_open_signatures, case.pk, variant=(type(case),))


def _waiting_requests(case: Case) -> list[SignatureRequest]:
    return statements.fetch(_open_requests, case.pk, variant=(type(case),))


def _open_requests(model: type[Case], pk: int) -> "QuerySet[SignatureRequest]":
    requests = model(pk=pk).signature_requests.filter(state=RequestState.WAITING)
    return requests.select_related("asked_by").order_by("pk")


def _valid_signature(model: type[Case], pk: int, lead: int) -> "QuerySet[Signature]":
    signers = authorisers_of(lead).values("user")
    return _open_signatures(model, pk).filter(signed_by__in=signers)[:1]


def _open_signatures(model: type[Case], pk: int) -> "QuerySet[Signature]":
    return model(pk=pk).signatures.filter(ended_at=None).select_related("signed_by")
