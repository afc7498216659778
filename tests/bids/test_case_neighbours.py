"""From a case of a list to the next and the previous one of the same list."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from bids.domain import expressions
from bids.domain.queries.case_neighbours import Neighbour, neighbours
from bids.models import Expression
from innovation.accounts.models import User
from innovation.core.errors import Invalid
from tests.dates import MOMENT
from tests.factories import cases, grants, users

pytestmark = pytest.mark.django_db


def sent(*titles: str) -> list[Expression]:
    """Sent in this order, so that the last one is the first of the list."""
    round = cases.round_()
    return [cases.submitted_expression(round=round, title=title) for title in titles]


def titles_around(user: User, case: Expression, **filters: str) -> tuple[str, str]:
    """Of the previous and the next case; empty where there is none."""
    found = neighbours(user, filters, case)
    previous, following = (
        place.title if place else "" for place in (found.previous, found.next)
    )
    return previous, following


def page(client: Client, user: User, case: Expression, filters: str) -> str:
    client.force_login(user)
    address = reverse("bids:case", args=[case.key])
    return client.get(f"{address}?{urlencode({'list': filters})}").content.decode()


def test_the_next_case_is_the_one_that_was_sent_before() -> None:
    oldest, middle, newest = sent("Oldest", "Middle", "Newest")
    official = users.official()
    assert titles_around(official, middle) == ("Newest", "Oldest")
    assert titles_around(official, newest) == ("", "Middle")
    assert titles_around(official, oldest) == ("Middle", "")
    found = neighbours(official, {}, middle)
    assert found.next == Neighbour(oldest.key, "Oldest")


def test_the_filters_of_the_list_count() -> None:
    first, _, third = sent("Night homes", "Schools", "Day homes")
    official = users.official()
    assert titles_around(official, third, q="homes") == ("", "Night homes")
    assert titles_around(official, first, q="homes") == ("Day homes", "")
    users.assign(official, first)
    assert titles_around(official, third, assigned="me") == ("", "Night homes")
    with pytest.raises(Invalid):
        neighbours(official, {"stage": "nowhere"}, first)


def test_bids_are_in_the_order_of_their_own_list() -> None:
    round = cases.round_()
    first, second = (
        cases.submitted_bid(round=round, title=title) for title in ("First", "Second")
    )
    cases.submitted_expression(round=round, title="No bid")
    official = users.official()
    stage = "bid.submitted"
    assert titles_around(official, first.expression, stage=stage) == ("Second", "")
    assert titles_around(official, second.expression, stage=stage) == ("", "First")


def test_a_case_that_has_left_the_list_still_leads_on() -> None:
    _, middle, _ = sent("Oldest", "Middle", "Newest")
    official = users.official()
    expressions.take_forward(middle, by=official, at=MOMENT)
    stage = "expression.submitted"
    assert titles_around(official, middle, stage=stage) == ("Newest", "Oldest")


def test_nobody_is_led_to_a_case_that_is_not_theirs() -> None:
    oldest, middle, _ = sent("Oldest", "Middle", "Newest")
    coach = users.assign(users.assign(users.coach(), middle), oldest)
    assert titles_around(coach, middle) == ("", "Oldest")
    both = users.person("official", "board_member")
    bid = grants.agenda_item(
        bid=cases.assessed_bid(title="Closed"),
        members=[both, *grants.board_members()],
    ).bid
    newest = cases.submitted_expression(title="After it")
    assert titles_around(both, newest) == ("", "Closed")
    grants.interest(bid, both)
    assert titles_around(both, newest) == ("", "Newest")


def test_the_list_leads_to_its_cases_and_they_lead_on_and_back(client: Client) -> None:
    oldest, middle, _ = sent("Oldest", "Middle", "Newest")
    official = users.official()
    client.force_login(official)
    listed = client.get(reverse("bids:cases"), {"stage": "expression.submitted"})
    place = "?list=stage%3Dexpression.submitted"
    assert f'href="/cases/{middle.key}{place}"' in listed.content.decode()

    shown = page(client, official, middle, "stage=expression.submitted")
    assert f'href="/cases/{oldest.key}{place}" rel="next"' in shown
    assert 'href="/cases/?stage=expression.submitted"' in shown
    for tab in ("answers", "people", "related"):
        assert f'href="/cases/{middle.key}/{tab}{place}"' in shown
    assert f'href="/cases/{middle.key}/decline{place}"' in shown

    answer = client.post(f"/cases/{middle.key}/take-forward{place}")
    assert answer["Location"].startswith("/bids/")
    assert answer["Location"].endswith(place)
    bid_page = client.get(answer["Location"]).content.decode()
    assert f'href="/cases/{oldest.key}{place}" rel="next"' in bid_page


def test_a_case_opened_by_itself_has_no_neighbours(client: Client) -> None:
    [case, _] = sent("Alone", "Other")
    client.force_login(users.official())
    address = reverse("bids:case", args=[case.key])
    shown = client.get(address).content.decode()
    assert "Cases of the same list" not in shown


@pytest.mark.parametrize(
    "filters", ["stage=nowhere", "round=RND-NONE", "as_at=x&q=%00"]
)
def test_a_list_that_cannot_be_read_is_said_to_be_so(
    client: Client, filters: str
) -> None:
    case = cases.submitted_expression()
    shown = page(client, users.official(), case, filters)
    assert "We cannot read the list that this case was opened from." in shown
    assert 'href="/cases/">See all cases' in shown


def test_a_long_list_costs_the_same(client: Client, count_queries: Any) -> None:
    first, *_ = sent("First", "Second")
    client.force_login(users.official())
    address = f"{reverse('bids:case', args=[first.key])}?list=q%3Dfirst"
    few = count_queries(client, address)
    sent(*("First of all" for _ in range(6)))
    assert count_queries(client, address) == few
