"""The signature under a case, for those who hold the case locked: see `signing`."""

from datetime import datetime

from bids.domain.facts import Case
from bids.models import Bid, Signature
from innovation.accounts.models import User
from innovation.accounts.policies import authorisers_of, may_authorise
from innovation.audit import events
from innovation.core.errors import Invalid, NotAllowed


def live(case: Case) -> Signature | None:
    return case.signatures.filter(ended_at=None).select_related("signed_by").first()


def give(case: Case, *, by: User, at: datetime) -> Signature:
    """By an authoriser of the lead, and by nobody else whatever their standing."""
    if not may_authorise(by, case.lead):
        raise NotAllowed(f"Only an authoriser of {case.lead.name} can sign this off.")
    owner = {"bid": case} if isinstance(case, Bid) else {"expression": case}
    return Signature.objects.create(
        **owner, signed_by=by, office=_office(by, case), signed_at=at
    )


def require(case: Case, *, by: User, at: datetime) -> Signature:
    """The signature that lets it be sent. An authoriser who sends it signs by that."""
    found = live(case)
    if found is None and may_authorise(by, case.lead):
        found = give(case, by=by, at=at)
    if found is None:
        raise Invalid.field(
            None,
            f"An authoriser of {case.lead.name} must sign this off before it can be "
            "sent",
        )
    return found


def end(case: Case, *, by: User, at: datetime) -> None:
    """Whoever changes what was signed takes the signature away, and that is told."""
    signature = live(case)
    if signature is None:
        return
    signature.ended_at = at
    signature.save(update_fields=["ended_at"])
    record(case, "signature_ended", signature, by=by, at=at)


def record(
    case: Case, done: str, signature: Signature, *, by: User, at: datetime
) -> None:
    noun = "bid" if isinstance(case, Bid) else "expression"
    events.record(
        case.chain,
        f"{noun}.{done}",
        subject=case.key,
        by=by,
        at=at,
        data={"signature": signature.key},
        stage=f"{noun}.{case.state}",
    )


def _office(by: User, case: Case) -> str:
    membership = authorisers_of(case.lead).filter(user=by).first()
    if membership is None:
        return ""
    return membership.get_office_display() or membership.get_standing_display()
