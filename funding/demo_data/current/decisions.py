"""Bids advised on: two with the minister, and one approved and to be offered."""

from bids.models import Bid
from funding.demo_data.current import bids, board
from funding.demo_data.current.stage import Stage
from funding.domain import decisions, meetings, recommendations
from innovation.core.money import Money
from innovation.organisations.models import Organisation


def play(stage: Stage) -> None:
    _advised(stage, "Whole-family plans in one record", stage.council, 80)
    _advised(stage, "Clinicians beside social workers", stage.charity, 80)
    approved(stage, "Evening and weekend help", stage.council, 82, 12)


def approved(
    stage: Stage, title: str, lead: Organisation, days: float, decided: float
) -> Bid:
    """Sent so many days ago, and decided `decided` days ago."""
    bid = _advised(stage, title, lead, days)
    by, at = stage.players["minister"], stage.ago(decided)
    decisions.approve(bid, amounts=_asked(bid), by=by, at=at)
    return Bid.objects.get(pk=bid.pk)


def _advised(stage: Stage, title: str, lead: Organisation, days: float) -> Bid:
    """Recommended for funding in full, by a meeting that was held and minuted."""
    secretary, held = stage.players["secretary"], days - 45
    bid = bids.assessed(stage, title, lead, days)
    meeting = board.planned(
        stage, "Earlier meeting of the Board (demonstration)", held, days - 35
    )
    item = board.listed(stage, meeting, bid, days - 36)
    meetings.send_papers(meeting, by=secretary, at=stage.ago(days - 38))
    meetings.hold(
        meeting, present=stage.members, by=secretary, at=stage.ago(held - 0.2)
    )
    recommendations.record(
        item,
        outcome="fund",
        amounts=_asked(bid),
        reasons="Good evidence, a capable team and partners who have agreed.",
        by=secretary,
        at=stage.ago(held - 0.3),
    )
    meetings.minute(
        meeting,
        minutes="The Board discussed the bid and advised funding it.",
        by=secretary,
        at=stage.ago(held - 1),
    )
    return Bid.objects.get(pk=bid.pk)


def _asked(bid: Bid) -> dict[int, Money]:
    return {row.financial_year: row.amount for row in bid.money.all()}
