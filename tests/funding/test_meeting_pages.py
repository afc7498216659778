"""The Board's pages, each transition made through its page."""

from datetime import timedelta

import pytest

from bids.states import BidState
from funding.models import AgendaItem, Meeting, Recommendation
from innovation.accounts.models import User
from innovation.core import clock
from innovation.core.money import Money
from tests.database_guards import force_update
from tests.factories import cases, grants, users
from tests.funding.page_requests import (
    client_for,
    date_fields,
    get_status,
    page_url,
    post_form,
)

pytestmark = pytest.mark.django_db


def paper(reader: User, item: AgendaItem) -> str:
    return client_for(reader).get(page_url("paper", item)).content.decode()


def test_the_secretary_takes_a_meeting_from_plan_to_minutes() -> None:
    secretary, members = users.secretary(), grants.board_members(3)
    newcomer, bid = users.member(), cases.assessed_bid()
    next_week = clock.london_day(clock.now()) + timedelta(days=7)

    post_form(
        secretary,
        "meeting-plan",
        title="March meeting",
        begins="14:30",
        quorum=3,
        members=[member.key for member in members],
        **date_fields("day", next_week),
    )
    meeting = Meeting.objects.get()
    post_form(secretary, "meeting-invite", meeting, people=[newcomer.key])
    post_form(secretary, "meeting-list-bid", meeting, bid=bid.key, paper="Fund it.")
    post_form(secretary, "meeting-send-papers", meeting)
    item = AgendaItem.objects.get()
    force_update(Meeting.objects.all(), starts_at=grants.MEETING_AT)
    assert "To record the Board’s recommendation, first" in paper(secretary, item)
    post_form(secretary, "meeting-hold", meeting, people=[m.key for m in members])
    assert "To record the Board’s recommendation, first" not in paper(secretary, item)
    post_form(
        secretary,
        "paper-recommend",
        item,
        outcome="fund",
        amount_2014="8,000",
        reasons="Sound.",
    )
    post_form(secretary, "meeting-minute", meeting, minutes="We met.")

    meeting.refresh_from_db()
    assert meeting.state == "minuted"
    assert cases.reload_bid(bid).state == BidState.WITH_MINISTER
    assert Recommendation.objects.get().amounts.get().amount == Money.pounds(8_000)


def test_the_form_says_that_the_quorum_is_missed() -> None:
    members = grants.board_members(3)
    item = grants.discussed_item(
        grants.agenda_item(members=members), present=members[:2]
    )

    response = client_for(users.secretary()).post(
        page_url("paper-recommend", item),
        {"outcome": "fund", "amount_2014": "8000", "reasons": "Sound."},
    )

    assert response.status_code == 422
    assert "the quorum is 3" in response.content.decode()


def test_an_uninvited_member_finds_no_meeting_and_no_paper() -> None:
    item, outsider = grants.agenda_item(), users.member()

    assert get_status(outsider, "meetings") == 200
    assert get_status(outsider, "meeting", item.meeting) == 404
    assert get_status(outsider, "paper", item) == 404
