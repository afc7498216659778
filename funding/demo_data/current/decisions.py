"""Bids with the Board’s advice: one with the minister, one approved, one declined
against the advice, and one deferred to the next meeting.
"""

from bids.domain import reconsiderations
from bids.models import Bid
from funding.demo_data import texts
from funding.demo_data.current import board
from funding.demo_data.current.board import Advice
from funding.demo_data.current.demo_context import DemoContext
from funding.domain import decisions, ledger

APPROVED = "Evening and weekend help"
DEFERRED = "Short breaks run by parents"


def add_cases(demo: DemoContext) -> None:
    bids = board.hold_meeting(
        demo,
        33,
        {
            "Whole-family plans in one record": demo.council,
            APPROVED: demo.council,
            "A robot reader for case files": demo.charity,
            DEFERRED: demo.council,
        },
        advice={
            "Whole-family plans in one record": Advice(
                outcome="fund_with_conditions",
                conditions="The three councils sign one agreement on sharing data "
                "before the first payment.",
            ),
            "A robot reader for case files": Advice(
                outcome="fund_less",
                dissent="Two members would wait for a trial elsewhere to report.",
            ),
        },
        deferred=DEFERRED,
    )
    approve(demo, bids[APPROVED], 12)
    _decline(demo, bids["A robot reader for case files"], 11)
    reconsiderations.ask(
        bids["A robot reader for case files"],
        grounds="One of the two trials was stopped last month, so only one will "
        "report. Ours would be the second.",
        by=demo.writer(demo.charity),
        at=demo.days_ago(4),
    )
    next_meeting = "Next meeting of the Board (demonstration)"
    meeting = board.plan_meeting(demo, next_meeting, -21, 3)
    board.list_bid(demo, meeting, bids[DEFERRED], 2)


def approve(demo: DemoContext, bid: Bid, days: float) -> Bid:
    """Approve what the bid asks for."""
    by, at = demo.users["minister"], demo.days_ago(days)
    decisions.approve(bid, amounts=ledger.requested_amounts(bid), by=by, at=at)
    return Bid.objects.get(pk=bid.pk)


def _decline(demo: DemoContext, bid: Bid, days: float) -> None:
    """Decline against the Board’s advice, with a reason."""
    criteria = bid.round.criteria.all()
    decisions.decline(
        bid,
        feedback={
            criterion.pk: texts.FEEDBACK[criterion.name] for criterion in criteria
        },
        reason="Two trials of such software report in spring. The minister will not "
        "fund a third before they have.",
        by=demo.users["minister"],
        at=demo.days_ago(days),
    )
