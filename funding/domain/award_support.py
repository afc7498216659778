"""The recipients of letters about an award, and its bid."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Q, QuerySet

from bids.models import Bid
from funding.models import Award
from innovation.accounts.models import User
from innovation.accounts.policies import (
    authorisers_by_organisation,
    authorisers_of,
    names_of_authorisers,
    people_of,
)
from innovation.accounts.roles import Permission
from innovation.core.errors import TooLate
from innovation.notifications import letters


def holders(award: Award) -> QuerySet[User]:
    """The people of the organisation that holds the grant."""
    return people_of([award.lead] if award.lead else [])


def signers_by_holder(awards: Iterable[Award]) -> dict[int | None, list[User]]:
    """The people who may act for the holder of each award, by its id: answer, claim and
    report. Nobody may where the holder is not known.
    """
    holders = {award.lead_id for award in awards if award.lead_id is not None}
    return {None: []} | {
        holder: [one for one in people if one.may(Permission.RESPOND_TO_OFFER)]
        for holder, people in authorisers_by_organisation(holders).items()
    }


def notify_holders(kind: str, award: Award, at: datetime, **facts: object) -> None:
    """Write to all people of the organisation."""
    _queue_letters(kind, award, holders(award), at, facts)


def notify_authorisers_and_colleagues(
    kind: str, to_colleagues: str, award: Award, at: datetime, **facts: object
) -> None:
    """Write to the authorisers that they have to act, and to their colleagues who the
    authorisers are.
    """
    if award.lead is None:
        return
    signers = authorisers_of(award.lead)
    act = Q(pk__in=signers.values("user"))
    letter_facts = {"authorisers": names_of_authorisers(award.lead), **facts}
    _queue_letters(kind, award, holders(award).filter(act), at, facts)
    _queue_letters(to_colleagues, award, holders(award).exclude(act), at, letter_facts)


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
    """The award's bid. Published awards have none; raise an error for them."""
    if award.bid is None:
        raise TooLate("This award is known from published sources only.")
    return award.bid
