"""A member gives a view on a bid, and then reads the others’."""

import pytest

from tests.factories import grants, users
from tests.funding.page_requests import (
    client_for,
    get_status,
    page_url,
    post_edit,
    post_form,
)

pytestmark = pytest.mark.django_db


def test_a_member_reads_a_paper_gives_a_view_and_declares_an_interest() -> None:
    members = grants.board_members()
    item = grants.agenda_item(members=members)
    member = members[0]
    for name, row in (("meetings", None), ("meeting", item.meeting), ("paper", item)):
        assert get_status(member, name, row) == 200

    post_edit(member, "paper-view", item, text="Promising.")
    assert b"Promising." in client_for(member).get(page_url("paper", item)).content

    post_form(member, "paper-declare", item, nature="My sister works there.")
    for name in ("paper", "paper-view", "paper-declare"):
        assert get_status(member, name, item) == 404
    page, others = (
        client_for(reader).get(page_url("meeting", item.meeting)).content.decode()
        for reader in (member, members[1])
    )
    assert item.bid.title not in page
    assert item.bid.title in others


def test_others_views_are_hidden_until_ones_own_is_given() -> None:
    members = grants.board_members()
    item = grants.agenda_item(members=members)
    post_edit(members[0], "paper-view", item, text="Promising.")

    assert (
        b"Promising." not in client_for(members[1]).get(page_url("paper", item)).content
    )
    post_edit(members[1], "paper-view", item, text="Thin.")
    assert b"Promising." in client_for(members[1]).get(page_url("paper", item)).content
    assert (
        b"Thin." in client_for(users.secretary()).get(page_url("paper", item)).content
    )
