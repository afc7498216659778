"""Queries for the Board's pages: agendas, papers, people."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from bids.models import Bid
from funding import policies
from funding.models import (
    AgendaItem,
    Attendance,
    Decision,
    Interest,
    Meeting,
    Opinion,
)
from funding.models.decision import Verdict
from innovation.accounts.models import User
from innovation.accounts.roles import Permission
from innovation.audit import presenters
from innovation.audit.presenters import Audience, Entry


def agenda(meeting: Meeting, reader: User) -> QuerySet[AgendaItem]:
    """The items this user may know of. Do not show positions: a gap would give an item
    away.
    """
    items = policies.papers_for(reader).filter(meeting=meeting)
    return items.select_related("bid__lead", "bid__strand", "recommendation")


def known_decisions(bid: Bid, reader: User, today: date) -> QuerySet[Decision]:
    """The secretary knows every decision; a member a decline, and an approval once it
    is public.
    """
    decisions = Decision.objects.filter(bid=bid)
    if reader.may(Permission.RUN_BOARD):
        return decisions
    return decisions.filter(
        Q(verdict=Verdict.DECLINE) | policies.public_award(today, "bid__award__")
    )


def attendance(meeting: Meeting) -> QuerySet[Attendance]:
    """The attendance by name: without an order, the last changed rows would be last."""
    rows = meeting.attendance.select_related("member")
    return rows.order_by("member__name", "member")


def members() -> QuerySet[User]:
    """The current members of the Board."""
    return User.objects.filter(
        roles__contains=["board_member"], is_active=True
    ).order_by("name", "pk")


def options(people: QuerySet[User]) -> list[tuple[str, str]]:
    """People as choices of a form: keys and names."""
    return [(person.key, str(person)) for person in people]


def users_by_keys(keys: list[str]) -> list[User]:
    return list(User.objects.filter(key__in=keys).order_by("name", "pk"))


def board_and_secretary() -> QuerySet[User]:
    """People who can agree a mitigation: the secretary or a member of the Board."""
    return User.objects.filter(
        roles__overlap=["board_member", "board_secretary"], is_active=True
    ).order_by("name", "pk")


@dataclass(frozen=True, slots=True)
class MemberOpinions:
    own: Opinion | None
    others: list[Opinion]


def member_opinions(item: AgendaItem, reader: User) -> MemberOpinions:
    """A member sees others' views after giving their own; the secretary sees all."""
    opinions = list(
        item.opinions.select_related("member").order_by("member__name", "pk")
    )
    own = next((view for view in opinions if view.member_id == reader.pk), None)
    other_opinions = [view for view in opinions if view is not own]
    if own is None and not reader.may(Permission.RUN_BOARD):
        other_opinions = []
    return MemberOpinions(own, other_opinions)


def interests_in_bid(bid: Bid, reader: User) -> QuerySet[Interest]:
    return (
        policies.interests_for(reader)
        .filter(bid=bid)
        .select_related("member")
        .order_by("member__name", "pk")
    )


def timeline(bid: Bid) -> list[Entry]:
    """The timeline of a paper, without names of people."""
    return presenters.timeline(bid.chain, [Audience.BOARD], lambda keys: {})
