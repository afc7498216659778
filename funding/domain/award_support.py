"""Whom an award is told to, and the bid behind it."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Q, QuerySet

from bids.models import Bid
from funding.models import Award
from innovation.accounts.models import User
from innovation.accounts.policies import authorisers_of, names_of_authorisers, people_of
from innovation.core.errors import TooLate
from innovation.notifications import letters


def holders(award: Award) -> QuerySet[User]:
    """The people of the organisation the grant is given to."""
    return people_of([award.lead] if award.lead else [])


def notify_holders(kind: str, award: Award, at: datetime, **facts: object) -> None:
    """Everybody of the organisation."""
    _queue_letters(kind, award, holders(award), at, facts)


def notify_authorisers_and_colleagues(
    kind: str, to_colleagues: str, award: Award, at: datetime, **facts: object
) -> None:
    """Where somebody must act who may bind the organisation: they are told so, and
    their colleagues are told who they are.
    """
    if award.lead is None:
        return
    signers = authorisers_of(award.lead)
    act = Q(pk__in=signers.values("user"))
    named = {"authorisers": names_of_authorisers(award.lead), **facts}
    _queue_letters(kind, award, holders(award).filter(act), at, facts)
    _queue_letters(to_colleagues, award, holders(award).exclude(act), at, named)


def _queue_letters(
    kind: str,
    award: Award,
    to: Iterable[User],
    at: datetime,
    facts: Mapping[str, object],
) -> None:
    letters.queue(
        kind,
        to=to,
        chain=award.chain,
        subject=award.key,
        at=at,
        facts={
            "title": award.title,
            "reference": award.key,
            "amount": str(award.amount),
            **facts,
        },
    )


def bid_of(award: Award) -> Bid:
    """The bid behind it: a published award has none, and no money of ours."""
    if award.bid is None:
        raise TooLate("This award is known from published sources only.")
    return award.bid
