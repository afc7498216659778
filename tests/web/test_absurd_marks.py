"""No list fails on a mark or filter that PostgreSQL or Python cannot represent."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from innovation.accounts.models import Standing, User
from innovation.accounts.roles import ROLES
from innovation.web.pages import ListPage
from tests.access import routes
from tests.api.api_client import ApiClient
from tests.factories import grants, users
from tests.module_data import module_transaction

VALUES = [
    "9999-12-31T23:59:59.999999+00:00",
    "9999-12-31T23:59:59.999999-23:59",
    "9999-12-31",
    "0001-01-01T00:00:00+23:59",
    "0001-01-01",
    "2014-02-30",
    "-infinity",
    "a\x00b",
    "\ud800",
    "x" * 20_000,
    "",
    "NaN",
    0,
    -1,
    2**31,
    2**63,
    10**400,
    True,
]
LISTS = [
    route
    for route in routes.all_routes()
    if route.is_ours
    and not route.parameters
    and isinstance(route.view, type)
    and issubclass(route.view, ListPage)
]
API_LISTS = [
    route for route in routes.all_routes() if route.is_api and not route.parameters
]
FILTERS = ["0001-01-01", "9999-12-31", "9" * 40, "-1", "a\x00b", "x" * 5_000, "1e400"]


@pytest.fixture(scope="module")
def person(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[User]:
    """A user with every role, who may open every list. Most lists have a row."""
    with module_transaction(django_db_blocker):
        grants.requested_payment()
        yield users.join(
            users.person(*ROLES), users.council_organisation(), Standing.ADMINISTRATOR
        )


@pytest.fixture
def full_access_client(person: User, db: None, client: Client) -> Client:
    client.force_login(person)
    client.raise_request_exception = False
    return client


def mark(values: list[object]) -> str:
    text = json.dumps(values).encode()
    return urlsafe_b64encode(text).decode().rstrip("=")


@pytest.mark.django_db
@pytest.mark.parametrize("route", LISTS, ids=lambda route: str(route.address))
def test_a_list_shows_its_first_page_at_a_mark_that_nothing_can_hold(
    full_access_client: Client, route: routes.Route
) -> None:
    answer = full_access_client.get(f"/{route.address}")
    first, columns = _row_keys(answer), len(answer.context["page"].get_ordering())
    marks = [("after", mark([value] * columns)) for value in VALUES]
    marks += [("before", mark([value, *["1"] * (columns - 1)])) for value in VALUES]
    for name, text in marks:
        answer = full_access_client.get(f"/{route.address}", {name: text})
        assert answer.status_code == 200, (name, text)
        # A mark that can be held may well stand after the last row.
        assert _row_keys(answer) in (first, []), (name, text)


@pytest.mark.django_db
@pytest.mark.parametrize("route", API_LISTS, ids=lambda route: str(route.address))
def test_a_list_of_the_api_refuses_what_nothing_can_hold(
    full_access_client: Client, route: routes.Route
) -> None:
    program = ApiClient(users.person(*ROLES))
    program.client.raise_request_exception = False
    names = ["after", "limit"]
    if filters := getattr(route.view, "filterset_class", None):
        names += list(filters.base_filters)
    statuses = {}
    for name, value in product(names, FILTERS):
        status = program.client.get(f"/{route.address}", {name: value}).status_code
        if status not in {200, 404, 422}:
            statuses[name, value] = status
    assert statuses == {}


def _row_keys(answer: Any) -> list[Any]:
    rows = answer.context["rows"]
    return [row["key"] if isinstance(row, dict) else row.pk for row in rows]
