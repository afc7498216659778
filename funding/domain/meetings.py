"""The Investment Board's meetings, from plan to minutes."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from bids.domain import bids
from bids.models import Bid
from bids.states import BID, BidState
from funding.domain import ledger
from funding.events import FundingEvent
from funding.models import AgendaItem, Attendance, Meeting
from funding.models.ledger import MoneyStatus
from funding.states import MEETING, MeetingState
from innovation.accounts.models import User
from innovation.accounts.permissions import require_permission
from innovation.accounts.roles import Permission
from innovation.audit import events
from innovation.audit.models import Chain
from innovation.core.clock import london_day
from innovation.core.errors import Invalid, TooLate
from innovation.core.formatting import format_moment
from innovation.core.rows import lock_row
from innovation.notifications import letters

_UPCOMING_STATES = {MeetingState.PLANNED, MeetingState.PAPERS_OUT}


@transaction.atomic
def plan(
    *,
    title: str,
    starts_at: datetime,
    quorum: int,
    members: Iterable[User],
    by: User,
    at: datetime,
) -> Meeting:
    """Plan a meeting, for today or later, and invite its members."""
    require_permission(by, Permission.RUN_BOARD)
    members = list(members)
    if london_day(starts_at) < london_day(at):
        raise Invalid.field("day", "Enter today or a later day")
    if quorum < 1:
        raise Invalid.field("quorum", "Enter a quorum of at least 1")
    if len(members) < quorum:
        raise Invalid.field("members", f"Invite at least {quorum} members, the quorum")
    _refuse_outsiders(members)
    meeting = Meeting.objects.create(
        chain=events.open_chain(Chain.Kind.MEETING),
        title=title,
        starts_at=starts_at,
        quorum=quorum,
    )
    _invite(meeting, members)
    events.record(
        FundingEvent.MEETING_PLANNED,
        meeting,
        by=by,
        at=at,
        data={
            "starts_at": starts_at.isoformat(),
            "quorum": quorum,
            "members": [member.key for member in members],
        },
    )
    return meeting


@transaction.atomic
def invite(meeting: Meeting, *, members: Iterable[User], by: User, at: datetime) -> int:
    """Invite more members to a meeting not yet held; return how many were new."""
    require_permission(by, Permission.RUN_BOARD)
    meeting = lock_row(meeting)
    _refuse_after_meeting(meeting)
    invited = set(meeting.attendance.values_list("member", flat=True))
    new = [member for member in members if member.pk not in invited]
    _refuse_outsiders(new)
    if new:
        _invite(meeting, new)
        keys = [member.key for member in new]
        events.record(
            FundingEvent.MEETING_MEMBERS_INVITED,
            meeting,
            by=by,
            at=at,
            data={"members": keys},
        )
    return len(new)


@transaction.atomic
def list_bid(
    meeting: Meeting, *, bid: Bid, paper: str, by: User, at: datetime
) -> AgendaItem:
    """Put an assessed bid on the agenda, with the department's advice as its paper."""
    require_permission(by, Permission.RUN_BOARD)
    meeting = lock_row(meeting)
    _refuse_after_meeting(meeting)
    if not paper.strip():
        raise Invalid.field("paper", "Enter the advice to the Board")
    if meeting.items.filter(bid=bid).exists():
        raise TooLate("This bid was already on this meeting’s agenda. Choose another.")
    BID.next("list", bids.lock(bid).state)
    if not bid.money_lines.exists():
        requested = ledger.requested_amounts(bid)
        ledger.write(
            bid,
            status=MoneyStatus.PIPELINE,
            amounts=requested,
            envelopes=ledger.find_envelopes(bid, list(requested)),
            source=f"bid {bid.key}",
            at=at,
        )
    item = AgendaItem.objects.create(
        meeting=meeting, bid=bid, paper=paper, position=meeting.items.count() + 1
    )
    bids.list_for_board(bid, by=by, at=at)
    events.record(
        FundingEvent.MEETING_BID_LISTED, meeting, by=by, at=at, data={"bid": bid.key}
    )
    return item


@transaction.atomic
def send_papers(meeting: Meeting, *, by: User, at: datetime) -> Meeting:
    """Open the papers to the members.

    The letter names no case, because some members may have an interest in one.
    """
    require_permission(by, Permission.RUN_BOARD)
    meeting = lock_row(meeting)
    meeting.state = MEETING.next("send_papers", meeting.state)
    meeting.save(update_fields=["state"])
    event = events.record(FundingEvent.MEETING_PAPERS_SENT, meeting, by=by, at=at)
    letters.queue(
        "board_papers",
        to=list(meeting.members.all()),
        chain=meeting.chain,
        subject=meeting.key,
        at=event.at,
        facts={
            "meeting": meeting.title,
            "when": format_moment(meeting.starts_at),
            "reference": meeting.key,
        },
    )
    return meeting


@transaction.atomic
def hold(
    meeting: Meeting, *, present: Iterable[User], by: User, at: datetime
) -> Meeting:
    """Record who was present. The quorum is checked for each case: interests differ."""
    require_permission(by, Permission.RUN_BOARD)
    meeting = lock_row(meeting)
    state = MEETING.next("hold", meeting.state)
    if london_day(at) < london_day(meeting.starts_at):
        raise TooLate("This meeting is in the future, so it has not been held yet.")
    sat = {member.pk: member.key for member in present}
    invited = set(meeting.attendance.values_list("member", flat=True))
    if not sat or not sat.keys() <= invited:
        raise Invalid.field("present", "Choose who was present from those invited")
    meeting.state = state
    meeting.save(update_fields=["state"])
    meeting.attendance.filter(member__in=sat).update(present=True)
    meeting.attendance.exclude(member__in=sat).update(present=False)
    events.record(
        FundingEvent.MEETING_HELD,
        meeting,
        by=by,
        at=at,
        data={"present": sorted(sat.values())},
    )
    return meeting


@transaction.atomic
def minute(meeting: Meeting, *, minutes: str, by: User, at: datetime) -> Meeting:
    """Close the meeting. All cases on its agenda must have an outcome."""
    require_permission(by, Permission.RUN_BOARD)
    meeting = lock_row(meeting)
    meeting.state = MEETING.next("minute", meeting.state)
    if not minutes.strip():
        raise Invalid.field("minutes", "Enter the minutes")
    open_count = meeting.items.filter(
        deferred_at__isnull=True, bid__state=BidState.AT_BOARD
    ).count()
    if open_count:
        raise Invalid.field(
            None,
            f"Record a recommendation on, or defer, the {open_count} "
            f"{'bid' if open_count == 1 else 'bids'} still at the Board",
        )
    meeting.minutes = minutes
    meeting.save(update_fields=["state", "minutes"])
    events.record(FundingEvent.MEETING_MINUTED, meeting, by=by, at=at)
    return meeting


def _invite(meeting: Meeting, members: list[User]) -> None:
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, member=member) for member in members
    )


def _refuse_outsiders(members: list[User]) -> None:
    if not all(member.may(Permission.ADVISE) for member in members):
        raise Invalid.field("members", "Invite only members of the Investment Board")


def _refuse_after_meeting(meeting: Meeting) -> None:
    if meeting.state not in _UPCOMING_STATES:
        raise TooLate("This meeting has been held, so its agenda is closed.")
