"""What every verb on an award does: lock it, record it, tell those who hold it."""

from datetime import datetime

from django.db.models import QuerySet

from bids.models import Bid
from funding.models import Award
from innovation.accounts.models import Membership, User
from innovation.audit import events
from innovation.core.errors import TooLate
from innovation.notifications import letters


def lock(award: Award) -> Award:
    """The row, locked. Everything that belongs to an award is locked after it."""
    return Award.objects.select_for_update(of=("self",)).get(pk=award.pk)


def record(
    award: Award,
    what: str,
    *,
    by: User,
    at: datetime,
    data: dict[str, object] | None = None,
) -> None:
    """The event of a verb on the award, on the chain of its case."""
    events.record(
        award.chain,
        f"award.{what}",
        subject=award.key,
        by=by,
        at=at,
        data=data,
        stage=f"award.{award.state}",
    )


def holders(award: Award) -> QuerySet[User]:
    """The people of the organisation the grant is given to."""
    confirmed = Membership.objects.filter(
        organisation=award.lead_id, confirmed_at__isnull=False
    )
    return User.objects.filter(pk__in=confirmed.values("user"), is_active=True)


def tell(kind: str, award: Award, at: datetime, **facts: object) -> None:
    letters.put(
        kind,
        to=holders(award),
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
