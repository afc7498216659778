"""Board members' views on bids, before or at the meeting."""

from datetime import datetime

from django.db import transaction

from bids.models import Bid
from bids.states import BidState
from funding.events import FundingEvent
from funding.models import AgendaItem, Opinion
from funding.policies import papers_for
from innovation.accounts.models import User
from innovation.accounts.permissions import require_permission
from innovation.accounts.roles import Permission
from innovation.audit import events
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.core.rows import lock_row


@transaction.atomic
def give(item: AgendaItem, *, text: str, by: User, at: datetime) -> Opinion:
    """Give or replace a view, until the Board has made its recommendation."""
    require_permission(by, Permission.ADVISE)
    bid = lock(item)
    if not papers_for(by).filter(pk=item.pk).exists():
        raise NotAllowed("This paper is not for you to read.")
    if not text.strip():
        raise Invalid.field("text", "Enter your view")
    if item.deferred_at or bid.state != BidState.AT_BOARD:
        raise TooLate("The Board has finished with this bid at this meeting.")
    opinion, _ = Opinion.objects.update_or_create(
        item=item, member=by, defaults={"text": text, "given_at": at}
    )
    events.record(
        FundingEvent.OPINION_GIVEN,
        bid,
        by=by,
        at=at,
        data={"meeting": item.meeting.key},
        stage="",
    )
    return opinion


def lock(item: AgendaItem) -> Bid:
    """Lock the bid as declaring an interest does, so that the two cannot overlap."""
    return lock_row(item.bid)
