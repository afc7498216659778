"""An authoriser signs a case off for somebody else to send, or is asked to."""

from datetime import datetime

from django.db import transaction

from bids import policies
from bids.domain import completeness, drafts, signatures
from bids.domain.facts import Case
from bids.models import Bid, Signature
from bids.states import BID, EXPRESSION
from innovation.accounts.models import User
from innovation.accounts.policies import authorisers_of
from innovation.core.errors import Invalid, TooLate
from innovation.notifications import letters


@transaction.atomic
def sign(case: Case, *, by: User, at: datetime) -> Signature:
    """Sign what is written now. Raises `Invalid` where something is missing: nobody
    puts their name under half of it.
    """
    case = drafts.hold(case, by)
    drafts.require_writable(case)
    if signatures.live(case) is not None:
        raise TooLate("This is signed off already.")
    problems = completeness.problems(case)
    if problems:
        raise Invalid(problems)
    signature = signatures.give(case, by=by, at=at)
    signatures.record(case, "signed", signature, by=by, at=at)
    return signature


@transaction.atomic
def ask(case: Case, *, by: User, at: datetime) -> list[User]:
    """Write to the authorisers of the lead that it waits for one of them."""
    case = drafts.hold(case, by)
    drafts.require_writable(case)
    if signatures.live(case) is not None:
        raise TooLate("This is signed off already.")
    return _write(case, "signature_asked", by=by, at=at)


@transaction.atomic
def ask_to_withdraw(case: Case, *, by: User, at: datetime) -> list[User]:
    """Write to them that it should be withdrawn, which one of them must do."""
    case = drafts.hold(case, by)
    policies.require_edit(by, case.lead)
    table = BID if isinstance(case, Bid) else EXPRESSION
    table.next("withdraw", case.state)
    return _write(case, "withdrawal_asked", by=by, at=at)


def _write(case: Case, kind: str, *, by: User, at: datetime) -> list[User]:
    people = [
        membership.user
        for membership in authorisers_of(case.lead).select_related("user")
    ]
    if not people:
        raise Invalid.field(
            None,
            f"{case.lead.name} has no authoriser yet. Its administrator can make "
            "somebody one",
        )
    letters.put(
        kind,
        to=people,
        chain=case.chain,
        subject=case.key,
        at=at,
        facts={
            "title": case.title,
            "asked_by": str(by),
            "noun": "bids" if isinstance(case, Bid) else "expressions",
        },
    )
    return people


def may_ask(case: Case, user: User) -> bool:
    return policies.may_edit(user, case.lead)
