"""What a coach says beside an answer, for whoever writes the bid."""

from datetime import datetime

from django.db import transaction

from bids import policies
from bids.domain import bids, standard
from bids.domain.queries import sheets
from bids.models import Bid, Comment
from innovation.accounts.models import User
from innovation.accounts.roles import Verb
from innovation.core.errors import Invalid

LONGEST = 2_000


@transaction.atomic
def add(bid: Bid, *, code: str, text: str, by: User, at: datetime) -> Comment:
    """While the bid is being written. Its applicant reads it beside the answer."""
    bid = bids.lock(bid)
    policies.require(by, Verb.DEVELOP, bid.expression)
    bids.require_writable(bid)
    asked = {question.code for question in standard.asked(sheets.filled(bid))}
    if code not in asked:
        raise Invalid.field(None, "This bid does not ask that question.")
    if not text.strip() or len(text) > LONGEST:
        raise Invalid.field("text", f"Enter a comment of up to {LONGEST:,} characters")
    made = Comment.objects.create(
        bid=bid, code=code, text=text.strip(), made_by=by, made_at=at
    )
    bids.record(bid, "commented", by=by, at=at, data={"code": code})
    return made
