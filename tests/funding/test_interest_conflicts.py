"""A declared interest closes the case by every door, whatever other roles are held."""

import pytest
from django.urls import reverse

from bids.domain.queries import history
from bids.policies import cases_for, own_bids, working_bids
from funding.domain import awards, interests, meetings, opinions
from funding.models import AgendaItem, Interest, Meeting
from funding.policies import (
    bids_before_board,
    bids_to_decide,
    bids_to_offer,
    bids_to_record_interests_in,
    interests_for,
    own_awards,
)
from innovation.accounts.models import Standing, User
from innovation.audit.models import Event
from innovation.core.errors import NotAllowed, TooLate
from innovation.notifications import delivery
from innovation.notifications.models import Letter, LetterState, PostedLetter
from tests.database_guards import force_update
from tests.dates import MOMENT, moment_after
from tests.factories import grants, users
from tests.funding.page_requests import client_for, page_url

pytestmark = pytest.mark.django_db


def minuted_item(members: list[User]) -> AgendaItem:
    item = grants.agenda_item(members=members)
    meetings.hold(
        item.meeting, present=members, by=users.secretary(), at=grants.MEETING_AT
    )
    force_update(Meeting.objects.all(), minutes="Hull asked for too much.")
    item.meeting.refresh_from_db()
    return item


def test_a_member_with_an_interest_cannot_read_the_minutes() -> None:
    members = grants.board_members()
    item = minuted_item(members)
    grants.interest(item.bid, members[0])
    page = page_url("meeting", item.meeting)

    assert "Hull asked" in client_for(members[1]).get(page).content.decode()
    assert "Hull asked" not in client_for(members[0]).get(page).content.decode()


def test_a_decision_maker_with_an_interest_cannot_decide_the_case() -> None:
    both = users.person("board_member", "ministers_office")
    bid = grants.bid_with_minister()
    assert bids_to_decide(both).get() == bid

    grants.interest(bid, both)

    assert not bids_to_decide(both).exists()
    assert client_for(both).get(page_url("decision", bid)).status_code == 404
    assert bids_to_decide(users.minister()).get() == bid


def test_a_grant_manager_with_an_interest_cannot_offer_the_grant() -> None:
    both = users.person("board_member", "grant_manager")
    bid = grants.approved_bid()
    grants.interest(bid, both)

    assert not bids_to_offer(both).exists()
    assert bids_to_offer(users.grant_manager()).get() == bid


def test_a_secretary_with_an_interest_does_not_see_it_in_the_register() -> None:
    both = users.person("board_member", "board_secretary")
    item = grants.agenda_item()
    interest = grants.interest(item.bid, both)

    assert not interests_for(both).exists()
    assert not bids_to_record_interests_in(both).exists()
    assert interests_for(users.secretary()).get() == interest
    assert bids_to_record_interests_in(users.secretary()).get() == item.bid


def test_nobody_excuses_themselves() -> None:
    both = users.person("board_member", "board_secretary")
    item = grants.agenda_item()

    with pytest.raises(NotAllowed, match="not of their own"):
        interests.declare(
            item.bid,
            member=both,
            nature="None to speak of.",
            mitigation="none_needed",
            by=both,
            at=MOMENT,
        )
    interest = grants.interest(item.bid, both)
    with pytest.raises(NotAllowed, match="Somebody else"):
        interests.agree(
            interest, mitigation="none_needed", by=both, at=moment_after(hours=1)
        )


def test_a_member_of_the_lead_with_an_interest_loses_bid_grant_and_letters() -> None:
    both = users.person("board_member", "applicant")
    award = grants.offered_award()
    assert award.bid is not None
    assert award.lead is not None
    users.join(both, award.lead, Standing.VIEWER)
    assert own_awards(both).get() == award

    grants.interest(award.bid, both)

    assert not own_awards(both).exists()
    assert not own_bids(both).exists()
    assert client_for(both).get(page_url("grant", award)).status_code == 404
    awards.accept(award, by=grants.recipient_of(award), at=moment_after(days=9))
    letters = Letter.objects.filter(kind="award_accepted")
    assert [letter.recipient for letter in letters] == [grants.recipient_of(award)]


def test_a_letter_queued_before_an_interest_was_declared_is_not_sent() -> None:
    both = users.person("board_member", "applicant")
    award = grants.offered_award()
    assert award.bid is not None
    assert award.lead is not None
    users.join(both, award.lead, Standing.VIEWER)
    awards.accept(award, by=grants.recipient_of(award), at=moment_after(days=9))
    waiting = Letter.objects.filter(kind="award_accepted", state=LetterState.DUE)
    assert waiting.filter(recipient=both).exists()

    grants.interest(award.bid, both)
    delivery.deliver(list(waiting.values_list("pk", flat=True)))

    letters = Letter.objects.filter(kind="award_accepted")
    assert letters.get(recipient=both).state == LetterState.WITHHELD
    assert letters.get(recipient=both).text == ""
    assert letters.get(recipient=grants.recipient_of(award)).state == LetterState.SENT
    addresses = PostedLetter.objects.values_list("address", flat=True)
    assert both.email not in addresses


def test_an_interest_still_counts_after_leaving_the_board() -> None:
    both = users.person("board_member", "official")
    item = grants.agenda_item()
    assert not both.declared_interest
    grants.interest(item.bid, both)
    both.roles = ["official"]
    both.save(update_fields=["roles"])
    reloaded = User.objects.get(pk=both.pk)

    assert not cases_for(reloaded).exists()
    assert not working_bids(reloaded).exists()
    assert (
        client_for(reloaded).get(reverse("bids:bid", args=[item.bid.key])).status_code
        == 404
    )
    assert cases_for(users.official()).get() == item.bid.expression


def test_a_member_may_add_to_an_interest_that_needed_no_action() -> None:
    members = grants.board_members()
    item = grants.agenda_item(members=members)
    interests.declare(
        item.bid,
        member=members[0],
        nature="I met them once.",
        mitigation="none_needed",
        by=users.secretary(),
        at=MOMENT,
    )
    assert bids_before_board(members[0]).get() == item.bid

    response = client_for(members[0]).post(
        page_url("paper-declare", item), {"nature": "My brother joined them."}
    )

    assert response.status_code == 302
    assert not bids_before_board(members[0]).exists()
    interest = Interest.objects.get()
    assert interest.nature == "I met them once.\n\nMy brother joined them."
    assert interest.mitigation == "leaves"
    events = Event.objects.filter(name="interest.declared").order_by("seq")
    assert [e.data["mitigation"] for e in events] == ["none_needed", "leaves"]


def test_nobody_else_replaces_an_interest_already_recorded() -> None:
    members = grants.board_members()
    item = grants.agenda_item(members=members)
    secretary = users.secretary()

    def record(mitigation: str) -> Interest:
        return interests.declare(
            item.bid,
            member=members[0],
            nature="A cousin.",
            mitigation=mitigation,
            by=secretary,
            at=MOMENT,
        )

    record("none_needed")
    for mitigation in ("none_needed", "leaves"):
        with pytest.raises(TooLate, match="already recorded"):
            record(mitigation)
    grants.interest(item.bid, members[1])
    with pytest.raises(TooLate, match="already recorded"):
        grants.interest(item.bid, members[1])


def test_only_readers_of_the_papers_see_interests_and_views_in_the_timeline() -> None:
    members = grants.board_members()
    item = grants.agenda_item(members=members)
    opinions.give(item, text="Fund it.", by=members[1], at=MOMENT)
    grants.interest(item.bid, members[0])
    coach = users.assign(users.coach(), item.bid.expression)

    def names(reader: User) -> set[str]:
        return {entry.name for entry in history.timeline(item.bid, reader)}

    secret = {"interest.declared", "opinion.given"}
    assert secret <= names(users.secretary())
    for reader in (coach, users.analyst(), users.official(), users.grant_manager()):
        assert not secret & names(reader)
        assert "bid.listed" in names(reader)
    assert not secret & names(users.viewer(item.bid.lead))
