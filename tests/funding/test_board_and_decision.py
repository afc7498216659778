"""What the Board advised and what was decided, on the pages of those who work on it."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from bids.domain import bids
from bids.models import Bid, Expression
from funding.domain import announcements, decisions, recommendations
from funding.models import AgendaItem
from innovation.accounts.models import User
from tests.dates import MOMENT
from tests.factories import cases, grants, users
from tests.funding.page_requests import client_for, get_status, page_of, page_url

pytestmark = pytest.mark.django_db
PAGE = "board-and-decision"


def declined_bid() -> Bid:
    bid = grants.bid_with_minister()
    decisions.decline(
        bid,
        feedback=cases.feedback(bid.round),
        reason="The budget goes to other bids.",
        by=users.minister(),
        at=grants.MEETING_AT,
    )
    return cases.reload_bid(bid)


def tabs(reader: User, name: str, key: str) -> list[str]:
    """The labels of the sub-navigation of a page."""
    page = client_for(reader).get(reverse(name, args=[key]))
    navigation = page.context["navigation"]
    return [item["label"] for item in navigation.items]


@pytest.mark.parametrize("reader", [users.official, users.grant_manager, users.analyst])
def test_the_department_reads_advice_and_decision_once_they_are_made(
    reader: Callable[[], User],
) -> None:
    bid, user = cases.assessed_bid(), reader()
    assert "This bid is not on an agenda of the Board yet." in page_of(user, PAGE, bid)
    item = grants.agenda_item(bid=bid)
    page = page_of(user, PAGE, bid)
    assert "November meeting, 19 November 2014: on the agenda" in page
    recommendations.record(
        grants.discussed_item(item),
        outcome="fund",
        amounts=grants.amounts(),
        reasons="Sound & clear.",
        dissent="One found it dear.",
        by=users.secretary(),
        at=grants.MEETING_AT,
    )
    page = page_of(user, PAGE, bid)
    assert "The minister has not decided yet." in page
    assert "Sound &amp; clear." in page
    assert "One found it dear." in page
    decisions.approve(
        bid,
        amounts=grants.amounts(7_000),
        reason="A partner pays the rest.",
        by=users.minister(),
        at=grants.MEETING_AT,
    )
    page = page_of(user, PAGE, bid)
    assert "Decision: approved on" in page
    assert "£7,000" in page
    assert "Departs from the Board’s advice: A partner pays the rest." in page
    assert "has not decided yet" not in page


def test_a_departure_from_the_advice_is_shown_with_its_reason() -> None:
    page = page_of(users.official(), PAGE, declined_bid())
    assert "Decision: declined on" in page
    assert "Departs from the Board’s advice: The budget goes to other bids." in page


def test_advice_to_decline_shows_no_amounts() -> None:
    bid = grants.bid_with_minister(outcome="decline", amounts={})
    page = page_of(users.official(), PAGE, bid)
    assert "The Board’s recommendation: decline" in page
    assert "Recommended" not in page


def test_a_deferral_is_shown_with_its_reason() -> None:
    item = grants.discussed_item(grants.agenda_item())
    recommendations.defer(
        item, reason="No costs yet.", by=users.secretary(), at=grants.MEETING_AT
    )
    page = page_of(users.official(), PAGE, item.bid)
    assert "because: No costs yet." in page


def test_a_bid_that_was_withdrawn_waits_for_no_meeting() -> None:
    bid = cases.assessed_bid()
    bids.withdraw(bid, by=cases.editor_of(bid.lead), at=MOMENT)
    page = page_of(users.official(), PAGE, bid)
    assert "The applicant withdrew this bid before the Board gave its advice." in page
    assert "not on an agenda" not in page


def test_a_seed_grant_needs_no_advice() -> None:
    page = page_of(users.official(), PAGE, cases.seed_bid())
    assert "A seed grant needs no advice from the Board." in page
    assert "The approver of seed grants has not decided yet." in page


@pytest.mark.parametrize(
    "reader",
    [users.coach, users.secretary, users.member, users.administrator],
)
def test_others_do_not_open_it(reader: Callable[[], User]) -> None:
    bid, user = declined_bid(), reader()
    users.assign(user, bid.expression)
    assert get_status(user, PAGE, bid) == 403
    assert get_status(users.finance(), PAGE, bid) == 404
    assert get_status(users.official(), PAGE, bid) == 200


def test_an_applicant_and_an_outsider_do_not_open_it() -> None:
    bid = declined_bid()
    assert get_status(cases.editor_of(bid.lead), PAGE, bid) == 403
    assert get_status(users.outsider(), PAGE, bid) == 403
    assert get_status(None, PAGE, bid) == 302


def test_a_declared_interest_closes_it() -> None:
    both = users.person("official", "board_member")
    bid = grants.agenda_item(members=[both, *grants.board_members()]).bid
    assert get_status(both, PAGE, bid) == 200
    grants.interest(bid, both)
    assert get_status(both, PAGE, bid) == 404


def paper_of(reader: User, bid: Bid) -> str:
    return page_of(reader, "paper", AgendaItem.objects.get(bid=bid))


def member_of(bid: Bid) -> User:
    return AgendaItem.objects.get(bid=bid).meeting.members.all()[0]


def test_the_secretary_and_members_learn_of_a_decline_from_the_paper() -> None:
    bid = declined_bid()
    for reader in (users.secretary(), member_of(bid)):
        sentence = "The minister declined this bid on 20 November 2014."
        assert sentence in paper_of(reader, bid)


def test_members_learn_of_an_approval_once_it_is_announced() -> None:
    award = grants.active_award()
    bid = award.bid
    assert bid is not None
    sentence = "The minister approved this bid on 20 November 2014."
    assert sentence in paper_of(users.secretary(), bid)
    assert sentence not in paper_of(member_of(bid), bid)
    announcements.announce(
        award, on=grants.DUE_ON, by=users.grant_manager(), at=grants.MEETING_AT
    )
    assert sentence in paper_of(member_of(bid), bid)


def test_the_pages_of_a_case_lead_to_each_other() -> None:
    award = grants.active_award()
    bid = award.bid
    assert bid is not None
    answers = [
        *("Summary", "Expression of interest", "Checks and flags"),
        *("Bid", "Assessment"),
    ]
    checked = [*answers, "Due diligence"]
    grant = ["Grant", "Payments", "Reports and changes"]
    record = ["Messages", "Documents", "People", "Related cases", "History"]
    notes = [*record[:2], "Notes", *record[2:]]
    whole = [*checked, "Board and decision", *grant, *notes]
    expression: Expression = bid.expression
    for name, key in (
        ("bids:case", expression.key),
        ("bids:case-answers", expression.key),
        ("bids:case-related", expression.key),
        ("bids:bid", bid.key),
        ("bids:bid-assessments", bid.key),
        (f"funding:{PAGE}", bid.key),
        ("funding:award", award.key),
        ("funding:award-history", award.key),
    ):
        assert tabs(users.official(), name, key) == whole, name
    assert tabs(users.finance(), "funding:award", award.key) == [*grant, "History"]
    assert tabs(users.secretary(), "bids:bid", bid.key) == [*checked, *record]
    coach = users.assign(users.coach(), expression)
    assert tabs(coach, "bids:case", expression.key) == [*answers, *record]


def test_every_page_of_a_case_keeps_the_list_it_was_opened_from() -> None:
    award = grants.active_award()
    bid = award.bid
    assert bid is not None
    for name, key in (
        ("bids:case", bid.expression.key),
        ("bids:bid-assessments", bid.key),
        (f"funding:{PAGE}", bid.key),
        ("funding:award", award.key),
    ):
        address = f"{reverse(name, args=[key])}?list=q%3Da%2526b"
        navigation = client_for(users.official()).get(address).context["navigation"]
        places = {item["href"].partition("?")[2] for item in navigation.items}
        assert places == {"list=q%3Da%2526b"}, name


def test_an_expression_without_a_bid_has_no_pages_of_later_rooms() -> None:
    expression = cases.submitted_expression()
    labels = tabs(users.official(), "bids:case", expression.key)
    assert labels == [
        *("Summary", "Expression of interest", "Checks and flags", "Due diligence"),
        *("Messages", "Documents", "Notes", "People", "Related cases", "History"),
    ]


def test_events_of_the_grant_link_to_it_from_the_case() -> None:
    award = grants.active_award()
    bid = award.bid
    assert bid is not None
    address = reverse("bids:case-history", args=[bid.expression.key])
    page = client_for(users.official()).get(address).content.decode()
    assert f'href="{page_url("award", award)}"' in page
