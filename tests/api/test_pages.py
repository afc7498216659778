"""Reading page after page, a program misses no row and gets none twice."""

import pytest
from django.db.models import CharField

from innovation.api_urls import RESOURCES
from tests.api.api_client import ApiClient
from tests.factories import cases, users

pytestmark = pytest.mark.django_db


def test_following_next_meets_every_row_once_newest_first() -> None:
    keys = [cases.submitted_expression().key for _ in range(5)]
    caller = ApiClient(users.official())
    met, address = [], "/api/v1/expressions/?limit=2"
    while address:
        body = caller.client.get(address).json()
        met += [row["key"] for row in body["results"]]
        address = body["next"]
    assert met == keys[::-1]


def test_a_row_that_arrives_meanwhile_moves_no_other() -> None:
    first, second = cases.submitted_expression(), cases.submitted_expression()
    caller = ApiClient(users.official())
    page = caller.get("expressions/", limit=1).json()
    cases.submitted_expression()
    following = caller.client.get(page["next"]).json()
    assert [row["key"] for row in page["results"]] == [second.key]
    assert [row["key"] for row in following["results"]] == [first.key]


def test_councils_are_listed_by_number() -> None:
    numbers = sorted(users.council().dfe_number for _ in range(3))
    caller = ApiClient(users.official())
    page = caller.get("councils/", limit=2).json()
    rest = caller.client.get(page["next"]).json()
    found = [row["dfe_number"] for row in page["results"] + rest["results"]]
    assert (found, rest["next"]) == (numbers, None)
    assert caller.keys("councils/") == numbers


def test_a_mark_outside_the_readers_reach_cannot_be_probed_for() -> None:
    theirs = cases.submitted_expression()
    answer = ApiClient(users.outsider()).get("expressions/", after=theirs.key)
    assert answer.status_code == 404


def test_a_row_that_left_the_filter_still_marks_the_page() -> None:
    first, second = cases.submitted_expression(), cases.declined_expression()
    caller = ApiClient(users.official())
    found = caller.keys("expressions/", after=second.key, state="submitted")
    assert found == [first.key]


@pytest.mark.parametrize("name", RESOURCES)
def test_a_mark_is_a_unique_text_and_no_number(name: str) -> None:
    resource = RESOURCES[name]
    model = resource.rows(users.official()).model
    field = model._meta.get_field(resource.lookup_field)
    assert isinstance(field, CharField), f"{field} shows how many rows there are"
    assert field.unique
