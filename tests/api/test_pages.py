"""A list is read page by page, and nothing is skipped or met twice."""

import pytest

from tests import cases, cast
from tests.api.asking import Caller

pytestmark = pytest.mark.django_db


def test_following_next_meets_every_row_once_newest_first() -> None:
    keys = [cases.submitted().key for _ in range(5)]
    caller = Caller(cast.official())
    met, address = [], "/api/v1/expressions/?limit=2"
    while address:
        body = caller.client.get(address).json()
        met += [row["key"] for row in body["results"]]
        address = body["next"]
    assert met == keys[::-1]


def test_a_row_that_arrives_meanwhile_moves_no_other() -> None:
    first, second = cases.submitted(), cases.submitted()
    caller = Caller(cast.official())
    page = caller.get("expressions/", limit=1).json()
    cases.submitted()
    following = caller.client.get(page["next"]).json()
    assert [row["key"] for row in page["results"]] == [second.key]
    assert [row["key"] for row in following["results"]] == [first.key]


def test_councils_are_listed_by_number() -> None:
    numbers = sorted(cast.council().dfe_number for _ in range(3))
    caller = Caller(cast.official())
    page = caller.get("councils/", limit=2).json()
    rest = caller.client.get(page["next"]).json()
    found = [row["dfe_number"] for row in page["results"] + rest["results"]]
    assert (found, rest["next"]) == (numbers, None)


def test_a_mark_outside_the_readers_reach_cannot_be_probed_for() -> None:
    theirs = cases.submitted()
    answer = Caller(cast.outsider()).get("expressions/", after=theirs.key)
    assert answer.status_code == 404


def test_a_row_that_left_the_filter_still_marks_the_page() -> None:
    first, second = cases.submitted(), cases.declined()
    caller = Caller(cast.official())
    found = caller.keys("expressions/", after=second.key, state="submitted")
    assert found == [first.key]
