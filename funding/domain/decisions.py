"""The decision: the minister's, or for a seed grant the delegated approver's."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from bids.domain import bids
from bids.domain import feedback as feedback_
from bids.domain.recipients import lead_members
from bids.events import BidsEvent
from bids.models import Bid, Reconsideration
from bids.models.round import SEED_MAXIMUM, Route
from bids.states import BID
from funding.domain import ledger
from funding.domain.ledger import Amounts
from funding.models import DecidedAmount, Decision, Recommendation
from funding.models.decision import Verdict
from funding.models.ledger import MoneyStatus
from funding.policies import refuse_own_organisations
from innovation.accounts.models import User
from innovation.accounts.permissions import require_permission
from innovation.accounts.roles import Permission
from innovation.audit.models import Event
from innovation.core.clock import financial_year_name
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.core.rows import lock_row
from innovation.notifications import letters


@transaction.atomic
def approve(
    bid: Bid,
    *,
    amounts: Amounts,
    by: User,
    at: datetime,
    reason: str = "",
    overspend_reason: str = "",
) -> Decision:
    """Approve an amount for each financial year, in total at most what the bid
    requests.

    A `reason` is needed to depart from the Board's advice or to exceed the round's
    largest award; seed grants cannot exceed it. To overspend an envelope takes an
    `overspend_reason` and a user who may override the budget. A year without an
    envelope has no budget. The award stays unannounced.
    """
    bid, advice = _lock(bid, "approve", by)
    if not amounts:
        raise Invalid.field("amounts", "Enter an amount for at least one year")
    ledger.check_years(amounts)
    _check_sum(bid, amounts, reason)
    departs = advice is not None and advice.amounts.by_year() != dict(amounts)
    _check_departure(departs, reason)
    envelopes = ledger.lock_envelopes(bid, list(amounts))
    overspends = ledger.overspends(envelopes, amounts)
    if overspends:
        _check_override(overspends, overspend_reason, by)
    decision = _decide(
        bid,
        Verdict.APPROVE,
        reason=reason,
        departs=departs,
        overspend_reason=overspend_reason if overspends else "",
        by=by,
        at=at,
    )
    DecidedAmount.objects.create_years(amounts, decision=decision)
    ledger.write(
        bid,
        status=MoneyStatus.APPROVED,
        amounts=amounts,
        envelopes=envelopes,
        source=f"decision {decision.key}",
        at=at,
    )
    bids.approve(
        bid,
        by=by,
        at=at,
        data={
            **_event_data(decision),
            "amounts": ledger.pence_by_year(amounts),
            "overspends": ledger.pence_by_year(overspends),
        },
    )
    _notify_readers(
        "decision_approved", bid, at, {"amount": str(ledger.sum_amounts(amounts))}
    )
    return decision


@transaction.atomic
def decline(
    bid: Bid,
    *,
    feedback: Mapping[int, str],
    by: User,
    at: datetime,
    reason: str = "",
) -> Decision:
    """Decline, with feedback on every criterion (by its id) and a letter."""
    bid, advice = _lock(bid, "decline", by)
    departs = advice is not None and advice.funds
    _check_departure(departs, reason)
    decision = _decide(
        bid, Verdict.DECLINE, reason=reason, departs=departs, by=by, at=at
    )
    bids.decline(bid, feedback=feedback, by=by, at=at, data=_event_data(decision))
    until = feedback_.last_day_to_ask_again(bid, at)
    _notify_readers("decision_declined", bid, at, {"until": until})
    return decision


def _lock(bid: Bid, verb: str, by: User) -> tuple[Bid, Recommendation | None]:
    """Lock a bid that is to be decided; return it with the advice, if any."""
    bid = lock_row(bid, "round", "expression")
    seed = bid.round.route == Route.SEED
    require_permission(by, Permission.DECIDE_SEED if seed else Permission.DECIDE)
    BID.next(verb, bid.state)
    refuse_own_organisations(by, bid, "decide it")
    if seed:
        _refuse_own_case(bid, by)
        return bid, None
    advice = Recommendation.objects.filter(bid=bid).first()
    if advice is None:
        raise TooLate("The Board has not advised on this bid yet.")
    return bid, advice


def _refuse_own_case(bid: Bid, by: User) -> None:
    """A seed grant takes two people: the one who took it forward cannot approve it."""
    own_events = Event.objects.filter(
        chain=bid.expression.chain_id,
        name=BidsEvent.EXPRESSION_TAKEN_FORWARD,
        actor=by.key,
    )
    if own_events.exists():
        raise NotAllowed("You took this case forward, so somebody else must decide it.")


def _check_departure(departs: bool, reason: str) -> None:
    if departs and not reason.strip():
        raise Invalid.field(
            "reason", "Enter the reason for departing from the Board’s advice"
        )


def _check_sum(bid: Bid, amounts: Amounts, reason: str) -> None:
    total, limit = ledger.sum_amounts(amounts), bid.round.max_award
    if bid.round.route == Route.SEED:
        limit = min(limit or SEED_MAXIMUM, SEED_MAXIMUM)
        if total > limit:
            raise Invalid.field(
                "amounts", f"A seed grant of this round is at most {limit}"
            )
    ledger.check_within_request(bid, amounts)
    if limit is not None and total > limit and not reason.strip():
        raise Invalid.field(
            "reason",
            f"The round’s largest award is {limit}. Approve that or less, or enter the "
            "reason for more",
        )


def _check_override(overspends: Amounts, reason: str, by: User) -> None:
    years = " and ".join(
        f"{financial_year_name(year)} by {amount}"
        for year, amount in overspends.items()
    )
    if not reason.strip():
        raise Invalid.field(
            "overspend_reason",
            f"This would overspend the budget for {years}. Approve less, or enter the "
            "reason for overspending",
        )
    if not by.may(Permission.OVERRIDE_BUDGET):
        raise NotAllowed(
            f"This would overspend the budget for {years}, and only the minister’s "
            "private office can allow that."
        )


def _decide(
    bid: Bid,
    verdict: Verdict,
    *,
    reason: str,
    departs: bool,
    by: User,
    at: datetime,
    overspend_reason: str = "",
) -> Decision:
    return Decision.objects.create(
        bid=bid,
        reconsideration=Reconsideration.objects.filter(bid=bid).first(),
        verdict=verdict,
        reason=reason,
        departs_from_advice=departs,
        overspend_reason=overspend_reason,
        overspend_by=by.key if overspend_reason else "",
        decided_by=by,
        decided_at=at,
    )


def _event_data(decision: Decision) -> dict[str, object]:
    return {
        "decision": decision.key,
        "departs_from_advice": decision.departs_from_advice,
        "overspend_by": decision.overspend_by,
    }


def _notify_readers(
    kind: str, bid: Bid, at: datetime, facts: dict[str, object]
) -> None:
    seed = bid.round.route == Route.SEED
    noun = "application for a seed grant" if seed else "bid"
    letters.queue(
        kind,
        to=lead_members(bid),
        chain=bid.chain,
        subject=bid.key,
        at=at,
        facts={"title": bid.title, "reference": bid.key, "noun": noun, **facts},
    )
