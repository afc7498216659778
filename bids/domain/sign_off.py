"""An authoriser signs a case for a colleague to submit, or is asked to withdraw it."""

from datetime import datetime

from django.db import transaction

from bids import policies
from bids.domain import completeness, drafts, signatures
from bids.domain.applications import Case
from bids.models import Bid, Expression, Signature
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
    problems = completeness.problems(case, at)
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
def request_withdrawal(case: Case, *, by: User, at: datetime) -> list[User]:
    """Ask the authorisers, by letter, to withdraw the case."""
    case = drafts.lock_for_writing(case, by)
    policies.require_edit(by, case.lead)
    table = BID if isinstance(case, Bid) else EXPRESSION
    table.next("withdraw", case.state)
    return authorisers.write_to_authorisers(
        case.lead,
        "withdrawal_asked",
        about=case.key,
        chain=case.chain,
        subject=case.key,
        facts=signatures.letter_facts(case),
        by=by,
        at=at,
    )


def require_unsigned(case: Case) -> None:
    """Require a case that can be edited and that nobody has signed yet."""
    drafts.require_writable(case)
    if signatures.current_signature(case) is not None:
        raise TooLate("This is already signed off.")


def is_provisional(case: Case) -> bool:
    """Whether its writer still waits to be confirmed in the lead organisation."""
    return isinstance(case, Expression) and case.provisional


def may_request(case: Case, user: User) -> bool:
    return policies.may_edit(user, case.lead)
