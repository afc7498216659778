"""The Board: a meeting next week with its papers; one member has an interest."""

from bids.models import Bid
from funding.demo_data.current import bids
from funding.demo_data.current.demo_context import DemoContext
from funding.domain import interests, meetings, opinions
from funding.models import AgendaItem, Meeting


def add_cases(demo: DemoContext) -> None:
    meeting = plan_meeting(demo, "Next meeting of the Board (demonstration)", -7, 8)
    weekend, reunification = [
        list_bid(demo, meeting, bids.create_assessed_bid(demo, title, lead, 64), 6)
        for title, lead in (
            ("An edge of care team at weekends", demo.council),
            ("Reunification support after six months", demo.charity),
        )
    ]
    meetings.send_papers(meeting, by=demo.users["secretary"], at=demo.days_ago(5))
    interests.declare(
        reunification.bid,
        member=demo.users["member3"],
        nature="Was a trustee of the lead organisation until last year.",
        mitigation="leaves",
        by=demo.users["member3"],
        at=demo.days_ago(4),
    )
    opinions.give(
        weekend,
        text="Strong on evidence; ask how it will be staffed.",
        by=demo.users["member"],
        at=demo.days_ago(3),
    )


def plan_meeting(
    demo: DemoContext, title: str, days_held: float, days: float
) -> Meeting:
    """Plan a meeting `days` days ago, for the full hour `days_held` days ago."""
    return meetings.plan(
        title=title,
        starts_at=demo.days_ago(days_held).replace(minute=0, second=0, microsecond=0),
        quorum=3,
        members=demo.members,
        by=demo.users["secretary"],
        at=demo.days_ago(days),
    )


def list_bid(demo: DemoContext, meeting: Meeting, bid: Bid, days: float) -> AgendaItem:
    return meetings.list_bid(
        meeting,
        bid=bid,
        paper="Our advice: fund it. The evidence is sound and the cost is fair.",
        by=demo.users["secretary"],
        at=demo.days_ago(days),
    )
