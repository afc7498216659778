"""A filter means the same on a page, in its CSV and over the API."""

import csv
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import pytest
from django.test import Client

from bids.api.expression import ExpressionResource
from bids.domain.queries.case_search_filters import FILTER_NAMES
from bids.models import Expression, PracticeModel
from funding.domain import announcements
from funding.models import Award
from innovation.accounts.models import User
from innovation.api.filters import ListFilters
from innovation.api_urls import RESOURCES
from innovation.core import clock
from innovation.core.errors import Invalid
from innovation.core.formatting import format_date
from innovation.reporting import reports
from innovation.reporting.report_types.cases import Cases
from tests.api.api_client import ApiClient
from tests.dates import DAY, MOMENT
from tests.factories import cases, grants, triage, users

pytestmark = pytest.mark.django_db


def page_keys(user: User, address: str, params: Mapping[str, Any]) -> list[str]:
    client = Client()
    client.force_login(user)
    rows = client.get(address, params).context["rows"]
    return [row["key"] if isinstance(row, dict) else row.key for row in rows]


def csv_keys(user: User, params: Mapping[str, str]) -> list[str]:
    return [str(row[0]) for row in Cases().rows(user, params, clock.now())]


def project_csv_keys(params: Mapping[str, str]) -> set[str]:
    answer: Any = Client().get("/projects.csv", params)
    lines = answer.getvalue().decode("utf-8-sig").splitlines()
    return {row["Reference"] for row in csv.DictReader(lines)}


def api_keys(user: User, address: str, params: Mapping[str, Any]) -> list[str]:
    return ApiClient(user).keys(address, **params)


def case_in(council: str) -> Expression:
    lead = users.council_organisation(users.council(council))
    return cases.submitted_expression(lead=lead)


def test_cases_are_the_same_on_the_page_in_its_csv_and_over_the_api() -> None:
    official = users.official()
    larkmere, larkhill = case_in("Larkmere"), case_in("Larkhill")
    northshire = case_in("Northshire")
    council = larkmere.councils.get()
    number = council.dfe_number
    every = [northshire.key, larkhill.key, larkmere.key]
    for params, expected in (
        ({}, every),
        ({"round": larkmere.round.key}, [larkmere.key]),
        ({"council": number}, [larkmere.key]),
        ({"council": f"{council.name.upper()} Council"}, [larkmere.key]),
        ({"council": "Lar"}, [larkhill.key, larkmere.key]),
        ({"council": number, "round": larkhill.round.key}, []),
    ):
        assert page_keys(official, "/cases/", params) == expected, params
        assert csv_keys(official, params) == expected, params
        keys = api_keys(official, "expressions/", params)
        assert sorted(keys) == sorted(expected), params


def test_cases_are_the_same_on_the_page_and_in_its_csv_by_every_filter() -> None:
    official = users.official()
    larkmere, bid = cases.detailed_expression(), cases.bid_in_development()
    users.assign(official, larkmere)
    triage.flag(larkmere)
    values = {
        "q": larkmere.title,
        "stage": "bid.in_development",
        "waiting_on": "department",
        "round": larkmere.round.key,
        "programme": larkmere.round.programme.key,
        "strand": str(larkmere.strand_id),
        "council": larkmere.councils.get().name,
        "region": larkmere.councils.get().region_id,
        "applicant_type": larkmere.lead.applicant_type,
        "maturity": str(larkmere.maturity_id),
        "practice_model": str(larkmere.practice_models.get().pk),
        "support": "brokering",
        "barrier": "any",
        "assigned": "me",
        "amount_from": "£8,500",
        "amount_to": "9k",
        "submitted_from": format_date(DAY),
        "submitted_to": DAY.isoformat(),
        "flag": "any",
        "counted": "bids_in_development",
        "as_at": MOMENT.date().isoformat(),
    }
    assert set(values) == set(FILTER_NAMES)
    for name, value in values.items():
        for params in ({name: value}, values | {name: ""}):
            listed_keys = page_keys(official, "/cases/", params)
            assert listed_keys == csv_keys(official, params), params
    assert page_keys(official, "/cases/", {"stage": "bid.in_development"}) == [
        bid.expression.key
    ]


UNREADABLE = (
    {"round": "RND-00000-00000"},
    {"council": "999"},
    {"council": "zzz"},
    {"stage": "nonsense"},
    {"strand": "nonsense"},
    {"assigned": "nonsense"},
    {"counted": "nonsense"},
    {"counted": "expressions", "as_at": "2015-02-30"},
    {"q": "a\x00b"},
)


@pytest.mark.parametrize("params", UNREADABLE)
def test_a_filter_that_cannot_be_read_is_refused_everywhere(
    params: dict[str, str],
) -> None:
    official, case = users.official(), case_in("Larkmere")
    client = Client()
    client.force_login(official)
    for address in ("/cases/", "/reports/new"):
        response = client.get(address, params)
        page = response.content.decode()
        assert response.status_code == 422, address
        assert "There is a problem" in page
        assert case.title not in page
    with pytest.raises(Invalid):
        csv_keys(official, params)
    with pytest.raises(Invalid):
        reports.ask(Cases(), params=params, by=official, at=MOMENT)
    if params.keys() <= set(ExpressionResource.filterset_class.base_filters):
        answer = ApiClient(official).get("expressions/", **params)
        assert answer.status_code == 422
        assert set(answer.json()["problems"]) == set(params)


@pytest.mark.parametrize("address", ["/awards/", "/projects/"])
def test_a_list_of_awards_refuses_a_filter_that_cannot_be_read(address: str) -> None:
    client = Client()
    client.force_login(users.official())
    award = announced_award("Larkmere")
    for params in (
        {"round": "nonsense"},
        {"council": "zzz"},
        {"strand": "zzz"},
        {"strand": "·"},
        {"practice_model": "zzz"},
        {"q": "a\x00b"},
    ):
        response = client.get(address, params)
        assert response.status_code == 422, params
        assert award.title not in response.content.decode()


def test_a_filter_given_twice_is_refused_everywhere() -> None:
    official, case = users.official(), case_in("Larkmere")
    client = Client()
    client.force_login(official)
    for address in (
        "/cases/?council=Larkmere&council=Northshire",
        "/reports/new?q=one&q=other",
        "/organisations/?text=one&text=other",
    ):
        response = client.get(address)
        assert response.status_code == 422, address
        assert case.title not in response.content.decode()
    client.force_login(users.administrator())
    assert client.get("/reports/roles.csv?role=a&role=b").status_code == 422
    answer = ApiClient(official).get("expressions/?state=submitted&state=declined")
    assert answer.status_code == 422
    assert "more than one" in answer.json()["problems"]["state"][0]


def test_a_stream_refuses_a_filter_that_it_does_not_have() -> None:
    client = Client()
    client.force_login(users.official())
    for address in ("/reports/all-cases.csv", "/projects.csv"):
        refused = client.get(f"{address}?stage=bid.submitted")
        assert refused.status_code == 422, address
        assert "There is no filter “stage”" in refused.content.decode()


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
    larkmere, northshire = announced_award("Larkmere"), announced_award("Northshire")
    assert (larkmere.state, northshire.state) == ("active", "active")
    number = larkmere.councils.get().dfe_number
    for params, expected in (
        ({}, {larkmere.key, northshire.key}),
        ({"round": larkmere.round.key}, {larkmere.key}),
        ({"council": number}, {larkmere.key}),
        ({"council": "lar"}, {larkmere.key}),
        ({"council": number, "round": northshire.round.key}, set()),
    ):
        for address in ("/awards/", "/projects/"):
            assert set(page_keys(official, address, params)) == expected, params
        assert set(api_keys(official, "awards/", params)) == expected, params
    for state, expected in (
        ("active", {larkmere.key, northshire.key}),
        ("closed", set()),
    ):
        params = {"state": state}
        assert set(page_keys(official, "/awards/", params)) == expected
        assert set(api_keys(official, "awards/", params)) == expected


def test_past_and_new_awards_are_narrowed_by_strand_and_practice_model() -> None:
    official, new = users.official(), announced_award("Larkmere")
    past = grants.published_award(
        focus_area="Scale and spread",
        practice_models=[PracticeModel.objects.create(name="Signs of Safety")],
    )
    for params, expected in (
        ({"practice_model": "SIGNS of safety"}, {past.key}),
        ({"strand": "scale  & spread"}, {past.key}),
        ({"strand": new.focus_area.upper()}, {new.key}),
        ({"strand": new.focus_area, "practice_model": "Signs of Safety"}, set()),
    ):
        for address in ("/awards/", "/projects/"):
            assert set(page_keys(official, address, params)) == expected, params
        assert set(api_keys(official, "awards/", params)) == expected, params
        assert project_csv_keys(params) == expected, params


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
    common = {
        name: value
        for name, value in chosen_by_name.items()
        if issubclass(value, ListFilters)
    }
    assert set(common) == {"expressions", "bids", "awards", "organisations", "rounds"}
    for name, value in common.items():
        known = {field.name for field in fields(value.meaning)}
        assert set(value.base_filters) <= known, name
