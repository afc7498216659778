"""Factories for bids at the Board and grants at any point of the process.

    item = grants.agenda_item(members=[member])          # on an agenda, papers out
    bid = grants.bid_with_minister()
    award = grants.active_award()

Made by domain calls, as `tests.factories.cases` makes what comes before.
"""

from collections.abc import Sequence
from typing import Any

from bids.models import Bid, Round
from funding.domain import (
    awards,
    decisions,
    interests,
    meetings,
    monitoring,
    payments,
    published_awards,
    recommendations,
    terms,
    variations,
)
from funding.models import (
    AgendaItem,
    Award,
    Interest,
    Meeting,
    MonitoringReport,
    Payment,
    Recommendation,
    Terms,
    Variation,
)
from funding.models.award import DatePrecision
from innovation.accounts.models import User
from innovation.audit.events import SERVICE
from innovation.core.clock import end_of_day, last_day_of_month
from innovation.core.money import Money
from tests.dates import MOMENT, moment_after
from tests.factories import cases, users

MEETING_AT = moment_after(days=8)
DUE_ON = MEETING_AT.date()
"""The first day on which a planned payment can be claimed."""


def amounts(pounds: int = 8_000, year: int = cases.YEAR) -> dict[int, Money]:
    return {year: Money.pounds(pounds)}


def board_members(size: int = 3) -> list[User]:
    return [users.member() for _ in range(size)]


def meeting(
    *, members: Sequence[User] = (), quorum: int = 3, title: str = "November meeting"
) -> Meeting:
    """A meeting a week from MOMENT. Members are created if none are passed."""
    return meetings.plan(
        title=title,
        starts_at=moment_after(days=7),
        quorum=quorum,
        members=members or board_members(max(quorum, 1)),
        by=users.secretary(),
        at=MOMENT,
    )


def agenda_item(
    *,
    bid: Bid | None = None,
    members: Sequence[User] = (),
    quorum: int = 3,
    papers: bool = True,
    board_meeting: Meeting | None = None,
) -> AgendaItem:
    """A bid on an agenda; its paper is sent by default."""
    planned = board_meeting or meeting(members=members, quorum=quorum)
    listed = meetings.list_bid(
        planned,
        bid=bid or cases.assessed_bid(),
        paper="Our advice: fund it.",
        by=users.secretary(),
        at=MOMENT,
    )
    if papers:
        meetings.send_papers(planned, by=users.secretary(), at=MOMENT)
    return AgendaItem.objects.select_related("meeting", "bid").get(pk=listed.pk)


def interest(bid: Bid, member: User) -> Interest:
    """Declared by the member, for whom it closes the case."""
    return interests.declare(
        bid,
        member=member,
        nature="I chair it.",
        mitigation="leaves",
        by=member,
        at=MOMENT,
    )


def discussed_item(listed: AgendaItem, *, present: Sequence[User] = ()) -> AgendaItem:
    """An item of a meeting that was held, by default with all members."""
    attending = present or list(listed.meeting.members.all())
    meetings.hold(
        listed.meeting, present=attending, by=users.secretary(), at=MEETING_AT
    )
    return AgendaItem.objects.select_related("meeting", "bid").get(pk=listed.pk)


def recommendation(bid: Bid | None = None, **advice: Any) -> Recommendation:
    """The Board's recommendation; by default to fund £8,000 in 2014–15."""
    values = {"outcome": "fund", "amounts": amounts(), "reasons": "It is sound."}
    return recommendations.record(
        discussed_item(agenda_item(bid=bid)),
        by=users.secretary(),
        at=MEETING_AT,
        **(values | advice),
    )


def bid_with_minister(bid: Bid | None = None, **advice: Any) -> Bid:
    return recommendation(bid, **advice).bid


def approved_bid(bid: Bid | None = None, pounds: int = 8_000) -> Bid:
    listed_bid = bid_with_minister(bid, amounts=amounts(pounds))
    decided = decisions.approve(
        listed_bid, amounts=amounts(pounds), by=users.minister(), at=MEETING_AT
    )
    return decided.bid


def offered_award(bid: Bid | None = None, **options: Any) -> Award:
    return awards.offer(
        approved_bid(bid, **options), by=users.grant_manager(), at=MEETING_AT
    )


def terms_of(round: Round) -> Terms:
    """A version of the round’s terms and conditions."""
    return terms.publish(
        round=round,
        text="Spend it on the project.",
        by=users.grant_manager(),
        at=MEETING_AT,
    )


def accepted_award(bid: Bid | None = None, **options: Any) -> Award:
    award = offered_award(bid, **options)
    return awards.accept(award, by=recipient_of(award), at=MEETING_AT)


def active_award(bid: Bid | None = None, **options: Any) -> Award:
    award = accepted_award(bid, **options)
    return awards.start(award, by=users.grant_manager(), at=MEETING_AT)


def suspended_award(bid: Bid | None = None) -> Award:
    return awards.suspend(
        active_award(bid),
        reason="The lead left.",
        by=users.grant_manager(),
        at=MEETING_AT,
    )


def closing_award(bid: Bid | None = None) -> Award:
    return awards.wind_down(active_award(bid), by=users.grant_manager(), at=MEETING_AT)


def closed_award() -> Award:
    return awards.close(
        closing_award(), lessons="Start small.", by=users.grant_manager(), at=MEETING_AT
    )


def declined_offer() -> Award:
    award = offered_award()
    return awards.decline(
        award, reason="No match.", by=recipient_of(award), at=MEETING_AT
    )


def withdrawn_offer() -> Award:
    return awards.withdraw(
        offered_award(),
        reason="It came too late.",
        by=users.grant_manager(),
        at=MEETING_AT,
    )


def terminated_award() -> Award:
    return awards.terminate(
        active_award(),
        reason="It stopped.",
        lessons="",
        by=users.grant_manager(),
        at=MEETING_AT,
    )


def award_in_state(state: str) -> Award:
    """An award in any state a person can bring it to."""
    makers = {
        "offered": offered_award,
        "accepted": accepted_award,
        "active": active_award,
        "suspended": suspended_award,
        "closing": closing_award,
        "closed": closed_award,
        "declined": declined_offer,
        "withdrawn": withdrawn_offer,
        "terminated": terminated_award,
    }
    return makers[state]()


def recipient_of(award: Award) -> User:
    """A user who acts for the recipient of the grant."""
    assert award.lead is not None
    return cases.editor_of(award.lead)


def published_award(**facts: Any) -> Award:
    """An award known from a published source, announced on the last day of MOMENT’s
    month.
    """
    at = end_of_day(last_day_of_month(MOMENT.year, MOMENT.month))
    known: dict[str, Any] = {
        "title": f"A past project {Award.objects.count()}",
        "dated_on": at.date(),
        "date_precision": DatePrecision.MONTH,
        "date_kind": "announced",
        "source": "A made-up press notice",
    }
    if "round" not in facts:
        known["round"] = cases.round_()
    source = published_awards.PublishedAward(**{**known, **facts})
    [award] = published_awards.record_all([source], by=SERVICE, at=at)
    return award


def planned_payment(award: Award | None = None) -> Payment:
    """One instalment of the whole amount, which falls due on `DUE_ON`."""
    award = award or active_award()
    assert award.amount is not None
    return payments.plan(
        award,
        instalments=[payments.Instalment(award.amount, DUE_ON)],
        by=users.grant_manager(),
        at=MEETING_AT,
    )[0]


def requested_payment(award: Award | None = None, *, by: User | None = None) -> Payment:
    payment = planned_payment(award)
    return payments.request(payment, by=by or users.grant_manager(), at=MEETING_AT)


def paid_payment(award: Award | None = None) -> Payment:
    return payments.release(requested_payment(award), by=users.finance(), at=MEETING_AT)


def monitoring_report(award: Award | None = None) -> MonitoringReport:
    return monitoring.ask(
        award or active_award(),
        period="October to December 2014",
        due_on=DUE_ON,
        by=users.grant_manager(),
        at=MEETING_AT,
    )


def variation(award: Award | None = None) -> Variation:
    award = award or active_award()
    return variations.ask(
        award,
        what_changes="One more council joins.",
        reason="They asked.",
        by=recipient_of(award),
        at=MEETING_AT,
    )
