"""A filter means the same on a page, in its CSV and over the API."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import pytest
from django.test import Client

from bids.domain.queries.cases import FILTER_NAMES
from bids.models import Expression
from funding.domain import announcements
from funding.models import Award
from innovation.accounts.models import User
from innovation.api.filters import ListFilters
from innovation.api_urls import RESOURCES
from innovation.core import clock
from innovation.reporting.report_types.cases import Cases
from tests.api.api_client import ApiClient
from tests.dates import MOMENT
from tests.factories import cases, grants, users

pytestmark = pytest.mark.django_db


def page_keys(user: User, address: str, params: Mapping[str, Any]) -> list[str]:
    client = Client()
    client.force_login(user)
    rows = client.get(address, params).context["rows"]
    return [row["key"] if isinstance(row, dict) else row.key for row in rows]


def csv_keys(user: User, params: Mapping[str, str]) -> list[str]:
    return [str(row[0]) for row in Cases().rows(user, params, clock.now())]


def api_keys(user: User, address: str, params: Mapping[str, Any]) -> list[str]:
    return ApiClient(user).keys(address, **params)


def case_in(council: str) -> Expression:
    lead = users.council_organisation(users.council(council))
    return cases.submitted_expression(lead=lead)


def test_cases_are_the_same_on_the_page_in_its_csv_and_over_the_api() -> None:
    official = users.official()
    here, there = case_in("Larkmere"), case_in("Larkhill")
    elsewhere = case_in("Northshire")
    number = here.councils.get().dfe_number
    every = [elsewhere.key, there.key, here.key]
    for params, expected in (
        ({}, every),
        ({"round": here.round.key}, [here.key]),
        ({"round": "RND-00000-00000"}, []),
        ({"council": number}, [here.key]),
        ({"council": "Lar"}, [there.key, here.key]),
        ({"council": "999"}, []),
        ({"council": number, "round": there.round.key}, []),
    ):
        assert page_keys(official, "/cases/", params) == expected, params
        assert csv_keys(official, params) == expected, params
        found = api_keys(official, "expressions/", params)
        assert sorted(found) == sorted(expected), params


def test_cases_are_the_same_on_the_page_and_in_its_csv_by_every_filter() -> None:
    official = users.official()
    here, bid = case_in("Larkmere"), cases.bid_in_development()
    users.assign(official, here)
    values = {
        "q": here.title,
        "stage": "bid.in_development",
        "round": here.round.key,
        "council": "larkmere",
        "strand": str(here.strand_id),
        "assigned": "me",
        "counted": "bids_in_development",
        "as_at": MOMENT.date().isoformat(),
    }
    assert set(values) == set(FILTER_NAMES)
    for name, value in values.items():
        for params in ({name: value}, {name: "nonsense"}, values | {name: ""}):
            shown = page_keys(official, "/cases/", params)
            assert shown == csv_keys(official, params), params
    assert page_keys(official, "/cases/", {"stage": "bid.in_development"}) == [
        bid.expression.key
    ]


def announced_award(council: str) -> Award:
    lead = users.council_organisation(users.council(council))
    return announcements.announce(
        grants.active_award(cases.assessed_bid(lead=lead)),
        on=grants.MEETING_AT.date(),
        by=users.grant_manager(),
        at=grants.MEETING_AT,
    )


def test_awards_are_the_same_on_both_their_pages_and_over_the_api() -> None:
    official = users.official()
    here, there = announced_award("Larkmere"), announced_award("Northshire")
    assert (here.state, there.state) == ("active", "active")
    number = here.councils.get().dfe_number
    for params, expected in (
        ({}, {here.key, there.key}),
        ({"round": here.round.key}, {here.key}),
        ({"round": "RND-00000-00000"}, set()),
        ({"council": number}, {here.key}),
        ({"council": "lar"}, {here.key}),
        ({"council": "999"}, set()),
        ({"council": number, "round": there.round.key}, set()),
    ):
        for address in ("/awards/", "/projects/"):
            assert set(page_keys(official, address, params)) == expected, params
        assert set(api_keys(official, "awards/", params)) == expected, params
    for state, expected in (("active", {here.key, there.key}), ("closed", set())):
        params = {"state": state}
        assert set(page_keys(official, "/awards/", params)) == expected
        assert set(api_keys(official, "awards/", params)) == expected


def test_organisations_are_the_same_on_their_page_and_over_the_api() -> None:
    """The page and the API have different parameters, and read them in one class."""
    official = users.official()
    charity, council = users.organisation(), users.council_organisation()
    assert page_keys(official, "/organisations/", {}) == [council.key, charity.key]
    assert api_keys(official, "organisations/", {}) == [council.key, charity.key]


def test_every_parameter_of_a_list_is_read_where_its_page_reads_it() -> None:
    chosen_by_name: dict[str, Any] = {
        name: getattr(view, "filterset_class", ListFilters)
        for name, view in RESOURCES.items()
    }
    shared = {
        name: chosen
        for name, chosen in chosen_by_name.items()
        if issubclass(chosen, ListFilters)
    }
    assert set(shared) == {"expressions", "bids", "awards", "organisations"}
    for name, chosen in shared.items():
        known = {field.name for field in fields(chosen.meaning)}
        assert set(chosen.base_filters) <= known, name
