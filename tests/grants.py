"""The answering side's stage: bids before the Board and grants at any point.

    item = grants.item(members=[member])          # on an agenda, papers out
    bid = grants.bid_with_minister()
    award = grants.active()

Made by domain calls, as `tests.cases` makes what comes before.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bids.models import Bid
from funding.domain import (
    awards,
    decisions,
    meetings,
    monitoring,
    payments,
    recommendations,
    variations,
)
from funding.models import (
    AgendaItem,
    Award,
    Meeting,
    MonitoringReport,
    Payment,
    Recommendation,
    Variation,
)
from innovation.accounts.models import User
from innovation.core.money import Money
from tests import cases, cast
from tests.dates import MOMENT, later

HELD = later(days=8)
DUE = date(2015, 1, 15)


def amounts(pounds: int = 8_000, year: int = cases.YEAR) -> dict[int, Money]:
    return {year: Money.pounds(pounds)}


def board(size: int = 3) -> list[User]:
    return [cast.member() for _ in range(size)]


def meeting(
    *, members: Sequence[User] = (), quorum: int = 3, title: str = "November meeting"
) -> Meeting:
    """A week from MOMENT. Members are made where none are given."""
    return meetings.plan(
        title=title,
        starts_at=later(days=7),
        quorum=quorum,
        members=members or board(max(quorum, 1)),
        by=cast.secretary(),
        at=MOMENT,
    )


def item(
    *,
    bid: Bid | None = None,
    members: Sequence[User] = (),
    quorum: int = 3,
    papers: bool = True,
    on: Meeting | None = None,
) -> AgendaItem:
    """A bid on an agenda, its paper sent out unless told otherwise."""
    planned = on or meeting(members=members, quorum=quorum)
    listed = meetings.list_bid(
        planned,
        bid=bid or cases.bid_assessed(),
        paper="Our advice: fund it.",
        by=cast.secretary(),
        at=MOMENT,
    )
    if papers:
        meetings.send_papers(planned, by=cast.secretary(), at=MOMENT)
    return AgendaItem.objects.select_related("meeting", "bid").get(pk=listed.pk)


def held(listed: AgendaItem, *, present: Sequence[User] = ()) -> AgendaItem:
    """The meeting took place; everybody came unless told otherwise."""
    sat = present or list(listed.meeting.members.all())
    meetings.hold(listed.meeting, present=sat, by=cast.secretary(), at=HELD)
    return AgendaItem.objects.select_related("meeting", "bid").get(pk=listed.pk)


def advised(bid: Bid | None = None, **advice: Any) -> Recommendation:
    """The Board said: fund £8,000 in 2014–15, unless told otherwise."""
    given = {"outcome": "fund", "amounts": amounts(), "reasons": "It is sound."}
    return recommendations.record(
        held(item(bid=bid)), by=cast.secretary(), at=HELD, **(given | advice)
    )


def bid_with_minister(bid: Bid | None = None, **advice: Any) -> Bid:
    return advised(bid, **advice).bid


def approved(bid: Bid | None = None, pounds: int = 8_000) -> Bid:
    waiting = bid_with_minister(bid, amounts=amounts(pounds))
    decided = decisions.approve(
        waiting, amounts=amounts(pounds), by=cast.minister(), at=HELD
    )
    return decided.bid


def offered(bid: Bid | None = None, **wanted: Any) -> Award:
    return awards.offer(approved(bid, **wanted), by=cast.grant_manager(), at=HELD)


def accepted(bid: Bid | None = None, **wanted: Any) -> Award:
    award = offered(bid, **wanted)
    return awards.accept(award, by=holder(award), at=HELD)


def active(bid: Bid | None = None, **wanted: Any) -> Award:
    award = accepted(bid, **wanted)
    return awards.start(award, by=cast.grant_manager(), at=HELD)


def suspended(bid: Bid | None = None) -> Award:
    return awards.suspend(
        active(bid), reason="The lead left.", by=cast.grant_manager(), at=HELD
    )


def closing(bid: Bid | None = None) -> Award:
    return awards.wind_down(active(bid), by=cast.grant_manager(), at=HELD)


def closed() -> Award:
    return awards.close(
        closing(), lessons="Start small.", by=cast.grant_manager(), at=HELD
    )


def declined_offer() -> Award:
    award = offered()
    return awards.decline(award, reason="No match.", by=holder(award), at=HELD)


def withdrawn_offer() -> Award:
    return awards.withdraw(
        offered(), reason="It came too late.", by=cast.grant_manager(), at=HELD
    )


def terminated() -> Award:
    return awards.terminate(
        active(), reason="It stopped.", lessons="", by=cast.grant_manager(), at=HELD
    )


def in_state(state: str) -> Award:
    """An award in any state a person can bring it to."""
    makers = {
        "offered": offered,
        "accepted": accepted,
        "active": active,
        "suspended": suspended,
        "closing": closing,
        "closed": closed,
        "declined": declined_offer,
        "withdrawn": withdrawn_offer,
        "terminated": terminated,
    }
    return makers[state]()


def holder(award: Award) -> User:
    """Somebody who acts for the organisation the grant is given to."""
    assert award.lead is not None
    return cases.editor_of(award.lead)


def planned(award: Award | None = None) -> Payment:
    """One instalment of everything, due in the middle of January."""
    award = award or active()
    assert award.amount is not None
    return payments.plan(
        award,
        instalments=[payments.Instalment(award.amount, DUE)],
        by=cast.grant_manager(),
        at=HELD,
    )[0]


def requested(award: Award | None = None, *, by: User | None = None) -> Payment:
    payment = planned(award)
    return payments.request(payment, by=by or cast.grant_manager(), at=HELD)


def paid(award: Award | None = None) -> Payment:
    return payments.release(requested(award), by=cast.finance(), at=HELD)


def report(award: Award | None = None) -> MonitoringReport:
    return monitoring.ask(
        award or active(),
        period="October to December 2014",
        due_on=DUE,
        by=cast.grant_manager(),
        at=HELD,
    )


def variation(award: Award | None = None) -> Variation:
    award = award or active()
    return variations.ask(
        award,
        what_changes="One more council joins.",
        reason="They asked.",
        by=holder(award),
        at=HELD,
    )
