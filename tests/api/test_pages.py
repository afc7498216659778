"""Reading page after page, a program misses no row and gets none twice."""

from typing import Any

import pytest
from django.db.models import CharField

from bids.models import Bid, Expression, Round
from funding.models import Award
from innovation.api_urls import RESOURCES
from tests.api.api_client import ApiClient
from tests.api.test_announced import announce
from tests.database_guards import force_update
from tests.dates import moment_after
from tests.factories import cases, grants, users
from tests.narrowing import not_none

pytestmark = pytest.mark.django_db


def sent_later(hours: int) -> Expression:
    expression = cases.submitted_expression()
    sent_at = moment_after(hours=hours)
    force_update(Expression.objects.filter(pk=expression.pk), submitted_at=sent_at)
    return expression


def test_following_next_meets_every_row_once_newest_first() -> None:
    keys = sorted(cases.submitted_expression().key for _ in range(5))
    caller = ApiClient(users.official())
    keys_read, address = [], "/api/v1/expressions/?limit=2"
    while address:
        body = caller.client.get(address).json()
        keys_read += [row["key"] for row in body["results"]]
        address = body["next"]
    assert keys_read == keys[::-1]


def dated_rows() -> dict[str, list[tuple[Any, str]]]:
    """By resource, the date and the key of rows whose dates are not in the order of
    their ids; two have the same date.
    """
    days = (3, 9, 1, 9, 5)
    expressions, bids, awards = [], [], []
    for day in days:
        at = moment_after(days=day)
        award = announced_award()
        bid = not_none(award.bid)
        force_update(Award.objects.filter(pk=award.pk), dated_on=at.date())
        force_update(Bid.objects.filter(pk=bid.pk), opened_at=at)
        force_update(Expression.objects.filter(pk=bid.expression_id), submitted_at=at)
        expressions.append((at, bid.expression.key))
        bids.append((at, bid.key))
        awards.append((at, award.key))
        cases.round_(opens_at=moment_after(days=day - 90))
    rounds = [(each.opens_at, each.key) for each in Round.objects.all()]
    return {
        "expressions": expressions,
        "bids": bids,
        "awards": awards,
        "rounds": rounds,
    }


def announced_award() -> Award:
    return announce(grants.active_award())


def test_the_newest_date_comes_first_and_then_the_key() -> None:
    caller = ApiClient(users.official())
    for name, rows in dated_rows().items():
        expected = [key for _, key in sorted(rows, reverse=True)]
        assert caller.keys(f"{name}/") == expected, name
        keys = caller.keys(f"{name}/", limit=1)
        while len(keys) < len(expected):
            keys += caller.keys(f"{name}/", limit=1, after=keys[-1])
        assert keys == expected, name
        assert caller.keys(f"{name}/", limit=1, after=keys[-1]) == []


def test_a_round_whose_opening_is_not_known_comes_last() -> None:
    unknown = cases.round_(opens_at=None, closes_at=None)
    known = cases.round_()
    caller = ApiClient(users.official())
    assert caller.keys("rounds/") == [known.key, unknown.key]
    assert caller.keys("rounds/", after=known.key) == [unknown.key]


def test_a_row_that_arrives_meanwhile_moves_no_other() -> None:
    first, second = cases.submitted_expression(), sent_later(1)
    caller = ApiClient(users.official())
    page = caller.get("expressions/", limit=1).json()
    sent_later(2)
    following = caller.client.get(page["next"]).json()
    assert [row["key"] for row in page["results"]] == [second.key]
    assert [row["key"] for row in following["results"]] == [first.key]


def test_councils_are_listed_by_number() -> None:
    numbers = sorted(users.council().dfe_number for _ in range(3))
    caller = ApiClient(users.official())
    page = caller.get("councils/", limit=2).json()
    next_page = caller.client.get(page["next"]).json()
    numbers_read = [row["dfe_number"] for row in page["results"] + next_page["results"]]
    assert (numbers_read, next_page["next"]) == (numbers, None)
    assert caller.keys("councils/") == numbers


def test_a_mark_outside_the_readers_reach_cannot_be_probed_for() -> None:
    other_expression = cases.submitted_expression()
    answer = ApiClient(users.outsider()).get("expressions/", after=other_expression.key)
    assert answer.status_code == 404


def test_a_row_that_left_the_filter_still_marks_the_page() -> None:
    first, second = cases.submitted_expression(), cases.declined_expression()
    sent_at = moment_after(hours=1)
    force_update(Expression.objects.filter(pk=second.pk), submitted_at=sent_at)
    caller = ApiClient(users.official())
    keys = caller.keys("expressions/", after=second.key, state="submitted")
    assert keys == [first.key]


@pytest.mark.parametrize("name", RESOURCES)
def test_a_mark_is_a_unique_text_and_no_number(name: str) -> None:
    resource = RESOURCES[name]
    model = resource.rows(users.official()).model
    field = model._meta.get_field(resource.lookup_field)
    assert isinstance(field, CharField), f"{field} shows how many rows there are"
    assert field.unique
