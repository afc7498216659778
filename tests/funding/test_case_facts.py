"""What the Board, the minister and the grant add to the summary of a case."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.urls import reverse

from bids.models import Bid
from funding.domain import decisions
from innovation.accounts.models import User
from tests.factories import cases, grants, users
from tests.funding.page_requests import client_for

pytestmark = pytest.mark.django_db


def context_of(reader: User, tab: str, bid: Bid) -> Any:
    address = reverse(f"bids:{tab}", args=[bid.expression.key])
    return client_for(reader).get(address).context


def later(reader: User, bid: Bid) -> Mapping[str, str]:
    """What was decided, by label."""
    context = context_of(reader, "case", bid)
    return {row["label"]: row["value"] for row in context["later_facts"]}


def standing(reader: User, bid: Bid) -> Mapping[str, str]:
    context = context_of(reader, "case", bid)
    return {row["label"]: row["value"] for row in context["standing"]}


def test_advice_decision_and_grant_follow_each_other() -> None:
    analyst = users.analyst()
    item = grants.agenda_item()
    bid = item.bid
    assert later(analyst, bid) == {}
    assert standing(analyst, bid)["At the Board: November meeting"].startswith(
        "10:30am (UK time) on 19 November 2014"
    )
    award = grants.active_award(bid=cases.assessed_bid())
    assert award.bid is not None
    facts = later(analyst, award.bid)
    assert facts["The Board’s advice"] == "Fund, £8,000, on 20 November 2014"
    assert facts["Decision"] == "Approved, £8,000, on 20 November 2014"
    assert facts["Grant"].endswith("£8,000. Running, not announced")
    grants.monitoring_report(award)
    assert "The next report is due by" in standing(analyst, award.bid)


def test_a_departure_from_the_advice_is_named() -> None:
    bid = grants.bid_with_minister()
    decisions.decline(
        bid,
        feedback=cases.feedback(bid.round),
        reason="The budget goes to other bids.",
        by=users.minister(),
        at=grants.MEETING_AT,
    )
    facts = later(users.official(), bid)
    assert facts["Decision"] == (
        "Declined, on 20 November 2014. It departs from the Board’s advice"
    )


def test_each_reader_learns_what_they_may_know() -> None:
    award = grants.offered_award()
    bid = award.bid
    assert bid is not None
    whole = ["The Board’s advice", "Decision", "Grant"]
    coach = users.assign(users.coach(), bid.expression)
    for reader, known in (
        (users.official(), whole),
        (users.grant_manager(), whole),
        (users.secretary(), whole[:2]),
        (coach, []),
        (users.approver(), []),
    ):
        assert list(later(reader, bid)) == known, reader.roles
        answers_by = "The recipient answers the offer by" in standing(reader, bid)
        assert answers_by == ("Grant" in known)


def test_interests_are_named_to_whoever_keeps_the_register() -> None:
    members = grants.board_members()
    bid = grants.agenda_item(members=members).bid
    grants.interest(bid, members[0])

    def names(reader: User) -> list[str]:
        sides = dict(context_of(reader, "case-people", bid)["sides"])
        return [row["label"] for row in sides.get("On the Investment Board", [])]

    assert names(users.secretary()) == [str(members[0])]
    for reader in (users.official(), users.analyst(), users.grant_manager()):
        assert names(reader) == []


def test_a_member_who_is_an_official_too_does_not_find_their_own_case() -> None:
    both = users.person("official", "board_member")
    bid = grants.agenda_item(members=[both, *grants.board_members()]).bid
    grants.interest(bid, both)
    client = client_for(both)
    for tab in ("case", "case-people", "case-related", "case-history"):
        address = reverse(f"bids:{tab}", args=[bid.expression.key])
        assert client.get(address).status_code == 404, tab
