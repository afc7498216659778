"""The Board: a meeting next week with papers out; one member has an interest."""

from bids.models import Bid
from funding.demo_data.current import bids
from funding.demo_data.current.stage import Stage
from funding.domain import interests, meetings, opinions
from funding.models import AgendaItem, Meeting


def play(stage: Stage) -> None:
    meeting = planned(stage, "Next meeting of the Board (demonstration)", -7, 8)
    weekend, reunification = [
        listed(stage, meeting, bids.assessed(stage, title, lead, 64), 6)
        for title, lead in (
            ("An edge of care team at weekends", stage.council),
            ("Reunification support after six months", stage.charity),
        )
    ]
    meetings.send_papers(meeting, by=stage.players["secretary"], at=stage.ago(5))
    interests.declare(
        reunification.bid,
        member=stage.players["member3"],
        nature="Was a trustee of the lead organisation until last year.",
        mitigation="leaves",
        by=stage.players["member3"],
        at=stage.ago(4),
    )
    opinions.give(
        weekend,
        text="Strong on evidence; ask how it will be staffed.",
        by=stage.players["member"],
        at=stage.ago(3),
    )


def planned(stage: Stage, title: str, held: float, days: float) -> Meeting:
    """Planned so many days ago, to be held at the full hour `held` days ago."""
    return meetings.plan(
        title=title,
        starts_at=stage.ago(held).replace(minute=0, second=0, microsecond=0),
        quorum=3,
        members=stage.members,
        by=stage.players["secretary"],
        at=stage.ago(days),
    )


def listed(stage: Stage, meeting: Meeting, bid: Bid, days: float) -> AgendaItem:
    return meetings.list_bid(
        meeting,
        bid=bid,
        paper="Our advice: fund it. The evidence is sound and the cost is fair.",
        by=stage.players["secretary"],
        at=stage.ago(days),
    )
