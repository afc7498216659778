"""The Board's pages, each transition made through its page."""

from datetime import timedelta

import pytest

from bids.states import BidState
from funding.models import AgendaItem, Interest, Meeting, Recommendation
from innovation.accounts.models import User
from innovation.core import clock
from innovation.core.money import Money
from tests import cases, cast, grants
from tests.funding.visits import as_, at, date_fields, edit, get, post
from tests.unguarded import rewrite

pytestmark = pytest.mark.django_db


def paper(reader: User, item: AgendaItem) -> str:
    return as_(reader).get(at("paper", item)).content.decode()


def test_the_secretary_takes_a_meeting_from_plan_to_minutes() -> None:
    secretary, members = cast.secretary(), grants.board(3)
    newcomer, bid = cast.member(), cases.bid_assessed()
    soon = clock.london_day(clock.now()) + timedelta(days=7)

    post(
        secretary,
        "meeting-plan",
        title="March meeting",
        begins="14:30",
        quorum=3,
        members=[member.key for member in members],
        **date_fields("day", soon),
    )
    meeting = Meeting.objects.get()
    post(secretary, "meeting-invite", meeting, people=[newcomer.key])
    post(secretary, "meeting-list-bid", meeting, bid=bid.key, paper="Fund it.")
    post(secretary, "meeting-send-papers", meeting)
    item = AgendaItem.objects.get()
    rewrite(Meeting.objects.all(), starts_at=grants.HELD)
    assert "To record the Board’s recommendation, first" in paper(secretary, item)
    post(secretary, "meeting-hold", meeting, people=[m.key for m in members])
    assert "To record the Board’s recommendation, first" not in paper(secretary, item)
    post(
        secretary,
        "paper-recommend",
        item,
        outcome="fund",
        amount_2014="8,000",
        reasons="Sound.",
    )
    post(secretary, "meeting-minute", meeting, minutes="We met.")

    meeting.refresh_from_db()
    assert meeting.state == "minuted"
    assert cases.bids_now(bid).state == BidState.WITH_MINISTER
    assert Recommendation.objects.get().amounts.get().amount == Money.pounds(8_000)


def test_the_secretary_defers_a_bid() -> None:
    item = grants.held(grants.item())

    post(cast.secretary(), "paper-defer", item, reason="Costs.")

    assert cases.bids_now(item.bid).state == BidState.ASSESSED


def test_a_decline_may_leave_the_amounts_as_they_came() -> None:
    item = grants.held(grants.item())

    post(
        cast.secretary(),
        "paper-recommend",
        item,
        outcome="decline",
        amount_2014="8000",
        reasons="Too thin.",
    )

    assert Recommendation.objects.get().outcome == "decline"


def test_too_few_members_are_told_on_the_form() -> None:
    members = grants.board(3)
    item = grants.held(grants.item(members=members), present=members[:2])

    answer = as_(cast.secretary()).post(
        at("paper-recommend", item),
        {"outcome": "fund", "amount_2014": "8000", "reasons": "Sound."},
    )

    assert answer.status_code == 422
    assert "the quorum is 3" in answer.content.decode()


def test_a_member_reads_gives_a_view_and_declares() -> None:
    members = grants.board()
    item = grants.item(members=members)
    member = members[0]
    for name, thing in (("meetings", None), ("meeting", item.meeting), ("paper", item)):
        assert get(member, name, thing) == 200

    edit(member, "paper-view", item, text="Promising.")
    assert b"Promising." in as_(member).get(at("paper", item)).content

    post(member, "paper-declare", item, nature="My sister works there.")
    for name in ("paper", "paper-view", "paper-declare"):
        assert get(member, name, item) == 404
    page, others = (
        as_(reader).get(at("meeting", item.meeting)).content.decode()
        for reader in (member, members[1])
    )
    assert item.bid.title not in page
    assert item.bid.title in others


def test_others_views_are_hidden_until_ones_own_is_given() -> None:
    members = grants.board()
    item = grants.item(members=members)
    edit(members[0], "paper-view", item, text="Promising.")

    assert b"Promising." not in as_(members[1]).get(at("paper", item)).content
    edit(members[1], "paper-view", item, text="Thin.")
    assert b"Promising." in as_(members[1]).get(at("paper", item)).content
    assert b"Thin." in as_(cast.secretary()).get(at("paper", item)).content


def test_the_secretary_keeps_the_register_of_interests() -> None:
    secretary, members = cast.secretary(), grants.board()
    item = grants.item(members=members)

    post(
        secretary,
        "interest-record",
        bid=item.bid.key,
        member=members[0].key,
        nature="A friend.",
        mitigation="leaves",
        agreed_by=members[1].key,
        **date_fields("agreed_on", grants.HELD.date()),
    )
    interest = Interest.objects.get()
    assert (interest.member, interest.agreed_by) == (members[0], members[1].key)
    assert b"A friend." in as_(secretary).get(at("interests")).content

    edit(secretary, "interest-agree", interest, mitigation="none_needed")
    assert get(members[0], "paper", item) == 200


def test_an_uninvited_member_finds_no_meeting_and_no_paper() -> None:
    item, stranger = grants.item(), cast.member()

    assert get(stranger, "meetings") == 200
    assert get(stranger, "meeting", item.meeting) == 404
    assert get(stranger, "paper", item) == 404
