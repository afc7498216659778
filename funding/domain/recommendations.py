"""The Board's recommendation on a bid, or its deferral."""

from datetime import datetime

from django.db import transaction

from bids.domain import bids
from bids.models import Bid
from bids.models.round import SEED_MAXIMUM
from bids.states import BID
from funding.domain import ledger
from funding.domain.ledger import Amounts
from funding.models import AgendaItem, Interest, Recommendation, RecommendedAmount
from funding.models.interest import Mitigation
from funding.models.ledger import MoneyStatus
from funding.models.recommendation import Outcome
from funding.states import MeetingState
from innovation.accounts.models import User
from innovation.accounts.permissions import require_permission
from innovation.accounts.roles import Permission
from innovation.core.errors import Invalid, TooLate
from innovation.core.rows import lock_row


@transaction.atomic
def record(
    item: AgendaItem,
    *,
    outcome: str,
    amounts: Amounts,
    reasons: str,
    by: User,
    at: datetime,
    conditions: str = "",
    dissent: str = "",
) -> Recommendation:
    """Send the bid to the minister with the Board's recommendation.

    The meeting must have been held, with a quorum of members who have no interest in
    the case. `amounts` is by financial year, in total at most what the bid requests,
    and empty for “decline”.
    """
    require_permission(by, Permission.RUN_BOARD)
    bid, item = _lock(item, "recommend")
    if item.meeting.state != MeetingState.HELD:
        raise TooLate("You can record a recommendation once the meeting has been held.")
    _check_advice(bid, Outcome(outcome), amounts, reasons, conditions)
    _check_quorum(item)
    advice = Recommendation.objects.create(
        bid=bid,
        item=item,
        outcome=outcome,
        reasons=reasons,
        conditions=conditions,
        dissent=dissent,
        recorded_by=by,
        recorded_at=at,
    )
    RecommendedAmount.objects.create_years(amounts, recommendation=advice)
    ledger.write(
        bid,
        status=MoneyStatus.RECOMMENDED,
        amounts=amounts,
        envelopes=ledger.find_envelopes(bid, list(amounts)),
        source=f"recommendation {advice.key}",
        at=at,
    )
    bids.recommend(
        bid,
        by=by,
        at=at,
        data={
            "recommendation": advice.key,
            "outcome": outcome,
            "meeting": item.meeting.key,
            "amounts": ledger.pence_by_year(amounts),
        },
    )
    return advice


@transaction.atomic
def defer(item: AgendaItem, *, reason: str, by: User, at: datetime) -> AgendaItem:
    """Defer the bid. It can be listed for a later meeting."""
    require_permission(by, Permission.RUN_BOARD)
    bid, item = _lock(item, "defer")
    if not reason.strip():
        raise Invalid.field("reason", "Enter why the Board is deferring it")
    item.deferred_at = at
    item.deferral_reason = reason
    item.save(update_fields=["deferred_at", "deferral_reason"])
    bids.defer(bid, by=by, at=at, data={"meeting": item.meeting.key})
    return item


def quorum_count(item: AgendaItem) -> int:
    """The number of members present without an interest that excludes them."""
    excluding = Interest.objects.filter(bid=item.bid_id).exclude(
        mitigation=Mitigation.NONE_NEEDED
    )
    present = item.meeting.attendance.filter(present=True)
    return present.exclude(member__in=excluding.values("member")).count()


def require_open(item: AgendaItem, verb: str, bid: Bid) -> None:
    """Raise `TooLate` if the meeting can no longer “recommend” or “defer” the bid."""
    if item.deferred_at is not None:
        raise TooLate("This bid was deferred at this meeting.")
    BID.next(verb, bid.state)


def _lock(item: AgendaItem, verb: str) -> tuple[Bid, AgendaItem]:
    """Lock the bid first: an interest declared meanwhile would change the quorum."""
    bid = lock_row(item.bid)
    item = lock_row(item, "meeting")
    require_open(item, verb, bid)
    return bid, item


def _check_quorum(item: AgendaItem) -> None:
    count = quorum_count(item)
    if count < item.meeting.quorum:
        raise Invalid.field(
            None,
            f"Not enough members sat on this bid: {count} without an interest were "
            f"present and the quorum is {item.meeting.quorum}. Defer it instead",
        )


def _check_advice(
    bid: Bid, outcome: Outcome, amounts: Amounts, reasons: str, conditions: str
) -> None:
    if not reasons.strip():
        raise Invalid.field("reasons", "Enter the Board’s reasons")
    if outcome == Outcome.FUND_WITH_CONDITIONS and not conditions.strip():
        raise Invalid.field("conditions", "Enter the conditions")
    if outcome == Outcome.DECLINE:
        if amounts:
            raise Invalid.field("amounts", "Leave the amounts empty to decline")
        return
    if not amounts:
        raise Invalid.field("amounts", "Enter an amount for at least one year")
    ledger.check_years(amounts)
    total = ledger.sum_amounts(amounts)
    if outcome == Outcome.FUND_LESS and total >= ledger.sum_amounts(
        ledger.requested_amounts(bid)
    ):
        raise Invalid.field("amounts", "Enter less than the bid asks for in total")
    if outcome == Outcome.SEED_FIRST and total > SEED_MAXIMUM:
        raise Invalid.field("amounts", f"A seed grant is at most {SEED_MAXIMUM}")
    ledger.check_within_request(bid, amounts)
