"""Meetings of the Investment Board: planned, sent papers, held, minuted."""

from datetime import datetime

import pytest

from bids.states import BidState
from funding.domain import meetings, recommendations
from funding.models import AgendaItem, Meeting, MoneyLine
from funding.policies import meetings_for, papers_for
from funding.states import MeetingState
from innovation.audit.models import Event
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.core.money import Money
from innovation.notifications.models import Letter
from tests.dates import MOMENT, moment_after
from tests.factories import cases, grants, users

pytestmark = pytest.mark.django_db


def test_planning_invites_the_members() -> None:
    members = grants.board_members(3)

    meeting = grants.meeting(members=members)

    assert set(meeting.members.all()) == set(members)
    assert meeting.state == MeetingState.PLANNED
    event = Event.objects.get(name="meeting.planned")
    assert event.data["members"] == [member.key for member in members]


@pytest.mark.parametrize("role", ["official", "member", "outsider", "minister"])
def test_only_the_secretary_plans(role: str) -> None:
    with pytest.raises(NotAllowed):
        meetings.plan(
            title="A meeting",
            starts_at=moment_after(days=1),
            quorum=1,
            members=[users.member()],
            by=getattr(users, role)(),
            at=MOMENT,
        )


def test_a_meeting_can_be_planned_and_held_on_one_day_but_not_for_yesterday() -> None:
    secretary, members = users.secretary(), grants.board_members(3)

    def plan(starts_at: datetime) -> Meeting:
        return meetings.plan(
            title="At short notice",
            starts_at=starts_at,
            quorum=3,
            members=members,
            by=secretary,
            at=MOMENT,
        )

    meeting = plan(MOMENT)
    meetings.send_papers(meeting, by=secretary, at=MOMENT)
    held_meeting = meetings.hold(meeting, present=members, by=secretary, at=MOMENT)
    assert held_meeting.state == MeetingState.HELD
    with pytest.raises(Invalid) as raised:
        plan(moment_after(days=-1))
    assert list(raised.value.problems) == ["day"]


def test_fewer_members_than_the_quorum_are_refused() -> None:
    with pytest.raises(Invalid) as raised:
        grants.meeting(members=grants.board_members(2), quorum=3)

    assert raised.value.problems == {
        "members": ["Select at least 3 members, for a quorum"]
    }


def test_somebody_who_is_no_member_cannot_be_invited() -> None:
    with pytest.raises(Invalid) as raised:
        grants.meeting(members=[users.official()], quorum=1)

    assert list(raised.value.problems) == ["members"]


def test_inviting_adds_only_those_not_yet_invited() -> None:
    members = grants.board_members(3)
    meeting = grants.meeting(members=members)
    newcomer = users.member()

    added = meetings.invite(
        meeting, members=[*members, newcomer], by=users.secretary(), at=MOMENT
    )

    assert added == 1
    assert meeting.attendance.count() == 4


def test_listing_sends_the_bid_to_the_board_and_counts_the_pipeline() -> None:
    item = grants.agenda_item(papers=False)

    item.bid.refresh_from_db()
    assert item.bid.state == BidState.AT_BOARD
    line = MoneyLine.objects.get()
    assert (line.status, line.amount) == ("pipeline", Money.pounds(8_000))
    assert line.envelope == item.bid.round.envelopes.get()


def test_a_bid_not_yet_assessed_cannot_be_listed() -> None:
    with pytest.raises(TooLate):
        grants.agenda_item(bid=cases.submitted_bid())


def test_a_bid_cannot_be_listed_without_a_paper() -> None:
    with pytest.raises(Invalid) as raised:
        meetings.list_bid(
            grants.meeting(),
            bid=cases.assessed_bid(),
            paper=" ",
            by=users.secretary(),
            at=MOMENT,
        )

    assert raised.value.problems == {"paper": ["Enter the advice to the Board"]}


def test_members_see_no_paper_before_the_papers_go_out() -> None:
    members = grants.board_members()
    item = grants.agenda_item(members=members, papers=False)

    assert not papers_for(members[0]).exists()

    meetings.send_papers(item.meeting, by=users.secretary(), at=MOMENT)
    assert papers_for(members[0]).get() == item


def test_the_letter_with_the_papers_names_no_case() -> None:
    item = grants.agenda_item()

    letters = Letter.objects.filter(kind="board_papers")
    assert letters.count() == 3
    for letter in letters:
        assert item.bid.key not in str(letter.facts)
        assert item.bid.title not in str(letter.facts)


def test_a_member_not_invited_sees_neither_meeting_nor_paper() -> None:
    grants.agenda_item()
    uninvited = users.member()

    assert not meetings_for(uninvited).exists()
    assert not papers_for(uninvited).exists()


def test_holding_records_who_sat() -> None:
    members = grants.board_members(4)
    item = grants.discussed_item(
        grants.agenda_item(members=members), present=members[:3]
    )

    present = item.meeting.attendance.filter(present=True).values_list(
        "member", flat=True
    )
    assert set(present) == {member.pk for member in members[:3]}
    assert item.meeting.state == MeetingState.HELD


def test_a_meeting_cannot_be_held_before_its_day() -> None:
    item = grants.agenda_item()

    with pytest.raises(TooLate):
        meetings.hold(
            item.meeting,
            present=item.meeting.members.all(),
            by=users.secretary(),
            at=MOMENT,
        )


def test_somebody_not_invited_cannot_have_been_present() -> None:
    item = grants.agenda_item()

    with pytest.raises(Invalid):
        meetings.hold(
            item.meeting,
            present=[users.member()],
            by=users.secretary(),
            at=grants.MEETING_AT,
        )


def test_minutes_wait_until_every_bid_has_an_answer() -> None:
    item = grants.discussed_item(grants.agenda_item())
    secretary = users.secretary()

    with pytest.raises(Invalid):
        meetings.minute(
            item.meeting, minutes="We met.", by=secretary, at=grants.MEETING_AT
        )

    recommendations.defer(item, reason="Costs.", by=secretary, at=grants.MEETING_AT)
    minuted = meetings.minute(
        item.meeting, minutes="We met.", by=secretary, at=grants.MEETING_AT
    )
    assert (minuted.state, minuted.minutes) == (MeetingState.MINUTED, "We met.")


def test_a_deferred_bid_is_heard_at_a_later_meeting() -> None:
    item = grants.discussed_item(grants.agenda_item())
    recommendations.defer(
        item, reason="Costs.", by=users.secretary(), at=grants.MEETING_AT
    )

    second = grants.agenda_item(bid=cases.reload_bid(item.bid))

    assert second.bid == item.bid
    assert AgendaItem.objects.get(deferred_at__isnull=True) == second
    # The pipeline is counted once, however often the bid is listed.
    assert MoneyLine.objects.filter(status="pipeline").count() == 1
