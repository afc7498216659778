"""Comments of coaches and officials on the answers of a bid."""

from datetime import datetime

from django.db import transaction

from bids import policies
from bids.domain import bids, standard_questions
from bids.domain.queries import case_snapshot
from bids.domain.recipients import lead_editors
from bids.events import BidsEvent
from bids.models import Bid, Comment
from innovation.accounts.models import User
from innovation.accounts.roles import Permission
from innovation.audit import events
from innovation.core.errors import Invalid, TooLate
from innovation.notifications import letters

MAX_LENGTH = 2_000


@transaction.atomic
def add(bid: Bid, *, code: str, text: str, by: User, at: datetime) -> Comment:
    """Add a comment while the bid is being written. The applicant sees it beside the
    answer.

    The first comment sends a letter. As long as one is not done, others send none.
    """
    bid = bids.lock(bid)
    policies.require(by, Permission.DEVELOP, bid.expression)
    bids.require_writable(bid)
    codes = {
        question.code
        for question in standard_questions.questions_of(
            case_snapshot.with_snapshot(bid)
        )
    }
    if code not in codes:
        raise Invalid.field(None, "This bid does not ask that question.")
    if not text.strip() or len(text) > MAX_LENGTH:
        raise Invalid.field(
            "text", f"Enter a comment of up to {MAX_LENGTH:,} characters"
        )
    has_open_comment = bid.comments.filter(done_at=None).exists()
    comment = Comment.objects.create(
        bid=bid, code=code, text=text.rstrip(), made_by=by, made_at=at
    )
    events.record(BidsEvent.BID_COMMENTED, bid, by=by, at=at, data={"code": code})
    if not has_open_comment:
        letters.queue(
            "bid_commented",
            to=lead_editors(bid),
            chain=bid.chain,
            subject=bid.key,
            at=at,
            facts={"title": bid.title},
        )
    return comment


@transaction.atomic
def finish(comment: Comment, *, by: User, at: datetime) -> Comment:
    """Mark a comment as done: by the applicant, or by an official or coach."""
    bid = bids.lock(comment.bid)
    comment = Comment.objects.get(pk=comment.pk)
    comment.bid = bid
    require_open(comment, by)
    comment.done_by, comment.done_at = by, at
    comment.save(update_fields=["done_by", "done_at"])
    data = {"code": comment.code, "comment": comment.key}
    events.record(BidsEvent.BID_COMMENT_DONE, bid, by=by, at=at, data=data)
    return comment


def require_open(comment: Comment, user: User) -> None:
    bids.require_writer(comment.bid, user)
    bids.require_writable(comment.bid)
    if comment.done_at is not None:
        raise TooLate("This comment was already marked as done.")
