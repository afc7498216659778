"""The Board: a meeting that can be held today, and one that was held and waits for its
minutes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bids.models import Bid
from funding.demo_data import texts
from funding.demo_data.current import bids
from funding.demo_data.current.demo_context import DemoContext
from funding.demo_data.ideas import idea_of
from funding.demo_data.rounds import at_five
from funding.domain import interests, ledger, meetings, opinions, recommendations
from funding.domain.ledger import Amounts
from funding.models import AgendaItem, Meeting
from innovation.core.money import Money
from innovation.organisations.models import Organisation

_PARTS = ("official", "coach")


@dataclass(frozen=True, slots=True)
class Advice:
    """What the Board advises on a bid: to fund it, unless it says otherwise."""

    outcome: str = "fund"
    reasons: str = ""
    conditions: str = ""
    dissent: str = ""


def add_cases(demo: DemoContext) -> None:
    _add_meeting_of_today(demo)
    _add_held_meeting(demo)


def _add_meeting_of_today(demo: DemoContext) -> None:
    """Add a meeting with seven bids, whose papers are out. One member has an interest
    in one of them.
    """
    meeting = plan_meeting(demo, "Meeting of the Board today (demonstration)", 0, 20)
    items = {
        title: list_bid(
            demo,
            meeting,
            bids.create_assessed_bid(demo, title, lead, 64, parts=_PARTS),
            8,
        )
        for title, lead in {
            "An edge of care team at weekends": demo.council,
            "Reunification support after six months": demo.charity,
            "One worker from care to the first home": demo.trust,
            "Family group meetings before court": demo.council,
            "A therapist in every children’s home": demo.charity,
            "Foster carers who coach parents": demo.trust,
            "Checks on safety outside the home": demo.council,
        }.items()
    }
    meetings.send_papers(meeting, by=demo.users["secretary"], at=demo.days_ago(7))
    interests.declare(
        items["Reunification support after six months"].bid,
        member=demo.users["member3"],
        nature="Was a trustee of the lead organisation until last year.",
        mitigation="leaves",
        by=demo.users["member3"],
        at=demo.days_ago(6),
    )
    for number, (part, title) in enumerate(
        (
            ("member", "An edge of care team at weekends"),
            ("member2", "An edge of care team at weekends"),
            ("member", "A therapist in every children’s home"),
        )
    ):
        opinions.give(
            items[title],
            text=texts.VIEWS[number],
            by=demo.users[part],
            at=demo.days_ago(4 - number),
        )


def _add_held_meeting(demo: DemoContext) -> None:
    """Add a meeting that advised against its bid, and has no minutes yet."""
    hold_meeting(
        demo,
        2,
        {"A duty team that stays": demo.trust},
        advice={
            "A duty team that stays": Advice(
                outcome="decline",
                reasons="It moves the handover to a later day and does not end it. The "
                "Board would look at a smaller trial.",
                dissent="One member would have funded a trial in one team.",
            )
        },
        minutes="",
    )


def hold_meeting(
    demo: DemoContext,
    days: float,
    leads: Mapping[str, Organisation],
    *,
    advice: Mapping[str, Advice] | None = None,
    deferred: str = "",
    minutes: str = "The Board discussed each bid, and its advice is recorded with it.",
) -> dict[str, Bid]:
    """Create bids, discussed at a meeting `days` days ago. The Board advised to fund
    what no other `advice` is given on, and not what it `deferred`.
    """
    by = demo.users["secretary"]
    held_on = demo.today - timedelta(days=days)
    meeting = plan_meeting(
        demo,
        f"Meeting of the Board, {held_on:%B %Y} (demonstration)",
        days,
        days + 14,
    )
    items = {
        title: list_bid(
            demo,
            meeting,
            bids.create_assessed_bid(demo, title, lead, days + 45),
            days + 10,
        )
        for title, lead in leads.items()
    }
    meetings.send_papers(meeting, by=by, at=demo.days_ago(days + 7))
    at = demo.days_ago(days - 0.2)
    meetings.hold(meeting, present=demo.members, by=by, at=at)
    for number, (title, item) in enumerate(items.items()):
        if title == deferred:
            reason = "The Board wants to see what parents say about the price."
            recommendations.defer(item, reason=reason, by=by, at=at)
        else:
            given = (advice or {}).get(title, Advice())
            _recommend(demo, item, given, number, days - 0.3)
    if minutes:
        meetings.minute(meeting, minutes=minutes, by=by, at=demo.days_ago(days - 1))
    return {title: Bid.objects.get(pk=item.bid_id) for title, item in items.items()}


def _recommend(
    demo: DemoContext, item: AgendaItem, advice: Advice, number: int, days: float
) -> None:
    recommendations.record(
        item,
        outcome=advice.outcome,
        amounts=_advised_amounts(item.bid, advice.outcome),
        reasons=advice.reasons or texts.pick(texts.REASONS, number),
        conditions=advice.conditions,
        dissent=advice.dissent,
        by=demo.users["secretary"],
        at=demo.days_ago(days),
    )


def _advised_amounts(bid: Bid, outcome: str) -> Amounts:
    """What the bid asks for; three quarters of it for a smaller amount."""
    requested = ledger.requested_amounts(bid)
    if outcome == "decline":
        return {}
    if outcome != "fund_less":
        return requested
    return {year: Money(amount.pence * 3 // 4) for year, amount in requested.items()}


def plan_meeting(
    demo: DemoContext, title: str, days_held: float, days: float
) -> Meeting:
    """Plan a meeting `days` days ago, for two in the afternoon `days_held` days ago."""
    day = at_five(demo.now - timedelta(days=days_held))
    return meetings.plan(
        title=title,
        starts_at=day.replace(hour=14),
        quorum=3,
        members=demo.members,
        by=demo.users["secretary"],
        at=demo.days_ago(days),
    )


def list_bid(demo: DemoContext, meeting: Meeting, bid: Bid, days: float) -> AgendaItem:
    idea = idea_of(bid.title)
    return meetings.list_bid(
        meeting,
        bid=bid,
        paper=texts.paper(idea.summary, idea.number),
        by=demo.users["secretary"],
        at=demo.days_ago(days),
    )
