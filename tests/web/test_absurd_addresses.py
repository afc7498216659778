"""No malformed address makes the service fail."""

import re
from base64 import urlsafe_b64encode
from urllib.parse import quote

import pytest
from django.test import Client

from innovation.accounts.models import Standing
from innovation.accounts.roles import ROLES
from innovation.reporting.models import Report
from tests.access import routes
from tests.factories import users

NAMES = (
    "q", "stage", "state", "round", "strand", "council", "counted", "as_at",
    "as_at_day", "as_at_month", "as_at_year", "assigned", "announced",
)  # fmt: skip
ADDRESSES = [
    route
    for route in routes.all_routes()
    if route.is_ours and not route.is_api and not route.address.startswith("health/")
]
DEEP = urlsafe_b64encode(b"[" * 3000).decode()


@pytest.fixture
def full_access_client(client: Client) -> Client:
    """A user with every role, who may open every page."""
    person = users.person(*ROLES)
    client.force_login(
        users.join(person, users.council_organisation(), Standing.ADMINISTRATOR)
    )
    client.raise_request_exception = False
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["a\x00b", "x" * 1500, "é’%"])
def test_a_key_that_cannot_be_is_not_found(
    full_access_client: Client, part: str
) -> None:
    statuses = {}
    for route in ADDRESSES:
        if route.parameters:
            address = "/" + re.sub(r"<\w+>", quote(part), route.address)
            statuses[route.address] = full_access_client.get(address).status_code
    assert {
        address: status for address, status in statuses.items() if status != 404
    } == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "value",
    ["\x00", "0001-01-01", "9999-12-31", "9" * 40],
)
def test_a_filter_that_cannot_be_read_does_no_harm(
    full_access_client: Client, value: str
) -> None:
    query = dict.fromkeys(NAMES, value) | {"counted": "expressions"}
    failed = [
        route.address
        for route in ADDRESSES
        if not route.parameters
        and full_access_client.get("/" + route.address, query).status_code >= 500
    ]
    assert failed == []


@pytest.mark.django_db
def test_a_report_with_filters_that_cannot_be_kept_is_refused(
    full_access_client: Client,
) -> None:
    answer = full_access_client.post(
        "/reports/new?q=a%00b&round=%00", {"submission": "t\x00"}
    )
    assert answer.status_code == 422
    assert not Report.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["after", "before"])
def test_a_mark_that_cannot_be_read_shows_the_first_page(
    full_access_client: Client, name: str
) -> None:
    marks = ["\x00", "W10", DEEP, "WyJ\x00", "W251bGwsbnVsbF0", "WzFlOTk5LDFd"]
    for mark in marks:
        assert full_access_client.get("/cases/", {name: mark}).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["a\x00b", "\x00", "\u200b"])
def test_no_list_speaks_of_a_character_that_nobody_sees(
    full_access_client: Client, text: str
) -> None:
    query = dict.fromkeys(NAMES, text)
    for route in ADDRESSES:
        if not route.parameters:
            answer = full_access_client.get(f"/{route.address}", query)
            assert answer.status_code < 500, route.address
            assert b"Null characters" not in answer.getvalue()
