"""What every verb on an award does: lock it, record it, tell those who hold it."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Q, QuerySet

from bids.models import Bid
from funding.events import FundingEvent
from funding.models import Award
from innovation.accounts.models import User
from innovation.accounts.policies import authorisers_of, names_of_authorisers, people_of
from innovation.audit import events
from innovation.core.errors import TooLate
from innovation.notifications import letters


def lock(award: Award) -> Award:
    """The row, locked. Everything that belongs to an award is locked after it."""
    return Award.objects.select_for_update(of=("self",)).get(pk=award.pk)


def record(
    award: Award,
    event: FundingEvent,
    *,
    by: User,
    at: datetime,
    data: dict[str, object] | None = None,
) -> None:
    """The event of a verb on the award, on the chain of its case."""
    events.record(
        award.chain,
        event,
        subject=award.key,
        by=by,
        at=at,
        data=data,
        stage=f"award.{award.state}",
    )


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
