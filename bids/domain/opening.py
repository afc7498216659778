"""How a bid begins: filled with what its expression of interest said."""

from datetime import datetime

from bids.domain import answers, attached, rounds
from bids.models import Bid, BidMoney, Expression, Outcome
from bids.models.call import Route
from bids.states import BidState
from innovation.accounts.models import User
from innovation.audit import events
from innovation.core.money import Money

CARRIED = ("title", "summary", "strand", "maturity", "idea_type")
COLLECTIONS = ("councils", "partners", "practice_models")


def open_from(expression: Expression, *, by: User, at: datetime) -> Bid:
    """Runs in the transaction that takes the locked expression forward.

    A seed grant has no second form and no Board: its bid opens with the approver,
    sent when the expression was.
    """
    seed = expression.round.route == Route.SEED
    bid = Bid(
        chain=expression.chain,
        expression=expression,
        round=expression.round,
        question_set=None if seed else rounds.questions(expression.round, "bid"),
        lead=expression.lead,
        state=BidState.WITH_MINISTER if seed else BidState.IN_DEVELOPMENT,
        opened_at=at,
        expression_submitted_at=expression.submitted_at or at,
        submitted_by=expression.submitted_by if seed else None,
        submitted_at=expression.submitted_at if seed else None,
        demonstration=expression.demonstration,
        **{name: getattr(expression, name) for name in CARRIED},
    )
    bid.asked = sum((row.amount for row in expression.money.all()), Money(0)) or None
    bid.save()
    _carry(expression, bid, at)
    events.record(
        bid.chain,
        "bid.opened",
        subject=bid.key,
        by=by,
        at=at,
        data={"expression": expression.key},
        tally=None if seed else {"bids_in_development": 1},
        stage=f"bid.{bid.state}",
    )
    return bid


def _carry(expression: Expression, bid: Bid, at: datetime) -> None:
    for name in COLLECTIONS:
        getattr(bid, name).set(getattr(expression, name).all())
    BidMoney.objects.bulk_create(
        BidMoney(bid=bid, financial_year=row.financial_year, amount=row.amount)
        for row in expression.money.all()
    )
    Outcome.objects.bulk_create(
        Outcome(bid=bid, description=row.description, measure=row.measure)
        for row in expression.outcomes.all()
    )
    answers.copy(expression, bid, at=at)
    attached.copy(expression, bid)
