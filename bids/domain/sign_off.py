"""An authoriser signs a case for somebody else to submit, or is asked to."""

from datetime import datetime

from django.db import transaction

from bids import policies
from bids.domain import completeness, drafts, signatures
from bids.domain.applications import Case
from bids.models import Bid, Signature
from bids.states import BID, EXPRESSION
from innovation.accounts.models import User
from innovation.audit import events
from innovation.core.errors import Invalid, TooLate
from innovation.notifications import authorisers


@transaction.atomic
def sign(case: Case, *, by: User, at: datetime) -> Signature:
    """Sign the case. Raise `Invalid` if something is missing."""
    case = drafts.lock_for_writing(case, by)
    require_unsigned(case)
    problems = completeness.problems(case)
    if problems:
        raise Invalid(problems)
    signature = signatures.give(case, by=by, at=at)
    events.record(
        signatures.SIGNED_EVENTS[type(case)],
        case,
        by=by,
        at=at,
        data={"signature": signature.key},
    )
    return signature


@transaction.atomic
def request_signature(case: Case, *, by: User, at: datetime) -> list[User]:
    """Ask the authorisers of the lead organisation, by letter, to sign."""
    case = drafts.lock_for_writing(case, by)
    require_unsigned(case)
    return _write_to_authorisers(case, "signature_asked", by=by, at=at)


@transaction.atomic
def request_withdrawal(case: Case, *, by: User, at: datetime) -> list[User]:
    """Ask the authorisers, by letter, to withdraw the case."""
    case = drafts.lock_for_writing(case, by)
    policies.require_edit(by, case.lead)
    table = BID if isinstance(case, Bid) else EXPRESSION
    table.next("withdraw", case.state)
    return _write_to_authorisers(case, "withdrawal_asked", by=by, at=at)


def require_unsigned(case: Case) -> None:
    """Require a case that can be edited and that nobody has signed yet."""
    drafts.require_writable(case)
    if signatures.current_signature(case) is not None:
        raise TooLate("This is already signed off.")


def _write_to_authorisers(
    case: Case, kind: str, *, by: User, at: datetime
) -> list[User]:
    noun = "bids" if isinstance(case, Bid) else "expressions"
    return authorisers.write_to_authorisers(
        case.lead,
        kind,
        about=case.key,
        chain=case.chain,
        subject=case.key,
        facts={"title": case.title, "noun": noun},
        by=by,
        at=at,
    )


def may_request(case: Case, user: User) -> bool:
    return policies.may_edit(user, case.lead)
