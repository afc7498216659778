"""Bids with a recommendation: two with the minister, and one approved."""

from bids.models import Bid
from funding.demo_data.current import bids, board
from funding.demo_data.current.demo_context import DemoContext
from funding.domain import decisions, ledger, meetings, recommendations
from innovation.organisations.models import Organisation


def add_cases(demo: DemoContext) -> None:
    _create_recommended_bid(demo, "Whole-family plans in one record", demo.council, 80)
    _create_recommended_bid(demo, "Clinicians beside social workers", demo.charity, 80)
    create_approved_bid(demo, "Evening and weekend help", demo.council, 82, 12)


def create_approved_bid(
    demo: DemoContext, title: str, lead: Organisation, days: float, decision_days: float
) -> Bid:
    """Create a bid sent `days` days ago and decided `decision_days` days ago."""
    bid = _create_recommended_bid(demo, title, lead, days)
    by, at = demo.users["minister"], demo.days_ago(decision_days)
    decisions.approve(bid, amounts=ledger.requested_amounts(bid), by=by, at=at)
    return Bid.objects.get(pk=bid.pk)


def _create_recommended_bid(
    demo: DemoContext, title: str, lead: Organisation, days: float
) -> Bid:
    """Create a bid recommended for full funding, by a meeting that was minuted."""
    secretary, meeting_days = demo.users["secretary"], days - 45
    bid = bids.create_assessed_bid(demo, title, lead, days)
    meeting = board.plan_meeting(
        demo, "Earlier meeting of the Board (demonstration)", meeting_days, days - 35
    )
    item = board.list_bid(demo, meeting, bid, days - 36)
    meetings.send_papers(meeting, by=secretary, at=demo.days_ago(days - 38))
    meetings.hold(
        meeting,
        present=demo.members,
        by=secretary,
        at=demo.days_ago(meeting_days - 0.2),
    )
    recommendations.record(
        item,
        outcome="fund",
        amounts=ledger.requested_amounts(bid),
        reasons="Good evidence, a capable team and partners who have agreed.",
        by=secretary,
        at=demo.days_ago(meeting_days - 0.3),
    )
    meetings.minute(
        meeting,
        minutes="The Board discussed the bid and advised funding it.",
        by=secretary,
        at=demo.days_ago(meeting_days - 1),
    )
    return Bid.objects.get(pk=bid.pk)
