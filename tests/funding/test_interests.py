"""A declared interest closes the case to the member."""

from typing import Any

import pytest

from bids.policies import bids_for, expressions_for
from funding.domain import interests, opinions, recommendations
from funding.models import AgendaItem, Interest
from funding.policies import awards_for, bids_before_board, papers_for
from innovation.accounts.models import User
from innovation.audit.models import Event
from innovation.core.errors import Invalid, NotAllowed, TooLate
from tests.dates import MOMENT, moment_after
from tests.factories import grants, users
from tests.funding.page_requests import (
    client_for,
    date_fields,
    get_status,
    page_url,
    post_edit,
    post_form,
)
from tests.narrowing import not_none

pytestmark = pytest.mark.django_db


def declare(
    item: AgendaItem,
    member: User,
    by: User | None = None,
    mitigation: str = "leaves",
    **more: Any,
) -> Interest:
    return interests.declare(
        item.bid,
        member=member,
        nature="My sister works there.",
        mitigation=mitigation,
        by=by or member,
        at=MOMENT,
        **more,
    )


def test_a_member_who_declares_loses_the_case_at_once() -> None:
    members = grants.board_members()
    item = grants.agenda_item(members=members)
    assert bids_before_board(members[0]).get() == item.bid

    declare(item, members[0])

    assert not bids_before_board(members[0]).exists()
    assert not papers_for(members[0]).exists()
    assert papers_for(members[1]).exists()


def test_a_case_with_an_interest_stays_closed_in_other_roles() -> None:
    member = users.person("board_member", "official", "grant_manager")
    award = grants.active_award()
    assert bids_for(member).exists()
    assert awards_for(member).exists()

    interests.declare(
        not_none(award.bid),
        member=member,
        nature="I chair the charity.",
        mitigation="leaves",
        by=member,
        at=MOMENT,
    )

    assert not bids_for(member).exists()
    assert not expressions_for(member).exists()
    assert not awards_for(member).exists()


def test_the_secretary_records_what_was_agreed_by_whom_and_when() -> None:
    members = grants.board_members()
    item = grants.agenda_item(members=members)
    chair, secretary = members[1], users.secretary()

    declare(
        item, members[0], by=secretary, agreed_by=chair, agreed_at=moment_after(hours=1)
    )

    interest = Interest.objects.get()
    assert (interest.agreed_by, interest.agreed_at) == (
        chair.key,
        moment_after(hours=1),
    )
    event = Event.objects.get(name="interest.declared")
    assert event.data == {
        "member": members[0].key,
        "mitigation": "leaves",
        "agreed_by": chair.key,
        "agreed_at": moment_after(hours=1).isoformat(),
    }


def test_only_the_secretary_can_record_that_no_action_is_needed() -> None:
    members = grants.board_members()
    item = grants.agenda_item(members=members)

    with pytest.raises(NotAllowed):
        declare(item, members[0], mitigation="none_needed")

    declare(item, members[0], by=users.secretary(), mitigation="none_needed")
    assert papers_for(members[0]).exists()


def test_the_secretary_may_change_what_was_agreed() -> None:
    members = grants.board_members()
    item = grants.agenda_item(members=members)
    interest = declare(item, members[0])

    interests.agree(
        interest,
        mitigation="none_needed",
        by=users.secretary(),
        at=moment_after(hours=1),
    )

    assert papers_for(members[0]).exists()
    names = list(Event.objects.filter(name__startswith="interest").values_list("name"))
    assert names == [("interest.declared",), ("interest.agreed",)]


@pytest.mark.parametrize("role", ["official", "outsider", "minister", "finance"])
def test_nobody_else_declares(role: str) -> None:
    item = grants.agenda_item()

    with pytest.raises(NotAllowed):
        declare(item, users.member(), by=getattr(users, role)())


def test_one_member_cannot_declare_for_another() -> None:
    members = grants.board_members()
    item = grants.agenda_item(members=members)

    with pytest.raises(NotAllowed):
        declare(item, members[0], by=members[1])


def test_an_interest_says_what_it_is_and_is_declared_once() -> None:
    members = grants.board_members()
    item = grants.agenda_item(members=members)

    with pytest.raises(Invalid):
        interests.declare(
            item.bid,
            member=members[0],
            nature=" ",
            mitigation="leaves",
            by=members[0],
            at=MOMENT,
        )
    declare(item, members[0])
    with pytest.raises(TooLate):
        declare(item, members[0])


def test_a_view_is_given_and_may_be_changed() -> None:
    members = grants.board_members()
    item = grants.agenda_item(members=members)

    opinions.give(item, text="Promising.", by=members[0], at=MOMENT)
    opinions.give(item, text="Very promising.", by=members[0], at=MOMENT)

    assert item.opinions.get().text == "Very promising."


def test_a_member_with_an_interest_gives_no_view() -> None:
    members = grants.board_members()
    item = grants.agenda_item(members=members)
    declare(item, members[0])

    with pytest.raises(NotAllowed):
        opinions.give(item, text="Promising.", by=members[0], at=MOMENT)


def test_a_member_not_invited_gives_no_view() -> None:
    with pytest.raises(NotAllowed):
        opinions.give(grants.agenda_item(), text="Mine.", by=users.member(), at=MOMENT)


def test_no_view_is_given_once_the_board_has_advised() -> None:
    members = grants.board_members()
    item = grants.agenda_item(members=members)
    grants.discussed_item(item)
    recommendations.record(
        item,
        outcome="decline",
        amounts={},
        reasons="Too thin.",
        by=users.secretary(),
        at=grants.MEETING_AT,
    )

    with pytest.raises(TooLate):
        opinions.give(item, text="Late.", by=members[0], at=grants.MEETING_AT)


def test_the_secretary_keeps_the_register_of_interests() -> None:
    secretary, members = users.secretary(), grants.board_members()
    item = grants.agenda_item(members=members)

    post_form(
        secretary,
        "interest-record",
        bid=item.bid.key,
        member=members[0].key,
        nature="A friend.",
        mitigation="leaves",
        agreed_by=members[1].key,
        **date_fields("agreed_on", grants.MEETING_AT.date()),
    )
    interest = Interest.objects.get()
    assert (interest.member, interest.agreed_by) == (members[0], members[1].key)
    assert b"A friend." in client_for(secretary).get(page_url("interests")).content

    post_edit(secretary, "interest-agree", interest, mitigation="none_needed")
    assert get_status(members[0], "paper", item) == 200
