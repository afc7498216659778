"""Which tokens are accepted."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from innovation.accounts.domain import people, role_requests, tokens
from innovation.accounts.models import ApiToken
from innovation.accounts.scopes import Scope
from innovation.api.views import OpenResource
from innovation.api_urls import RESOURCES
from innovation.core import clock
from tests.api.api_client import ApiClient
from tests.database_guards import force_update
from tests.factories import users

pytestmark = pytest.mark.django_db


def test_a_request_without_a_token_is_asked_for_one() -> None:
    answer = Client().get("/api/v1/councils/")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer ", "Bearer a b", "Bearer wrong", "Bearer \xff"]
)
def test_a_token_that_does_not_work_is_refused(header: str) -> None:
    answer = Client(headers={"authorization": header}).get("/api/v1/councils/")
    assert answer.status_code == 401


def test_a_session_does_not_open_the_api(client: Client) -> None:
    client.force_login(users.official())
    assert client.get("/api/v1/councils/").status_code == 401


def test_a_token_works_until_it_is_revoked() -> None:
    caller = ApiClient(users.analyst())
    assert caller.get("councils/").status_code == 200
    token = ApiToken.objects.get()
    tokens.revoke(token, by=token.user, at=clock.now())
    assert caller.get("councils/").status_code == 401


def test_an_expired_token_is_refused() -> None:
    caller = ApiClient(users.analyst())
    force_update(
        ApiToken.objects.all(),
        created_at=clock.now() - timedelta(days=9),
        expires_at=clock.now() - timedelta(seconds=1),
    )
    assert caller.get("councils/").status_code == 401


def test_a_closed_account_closes_its_tokens() -> None:
    analyst = users.analyst()
    caller = ApiClient(analyst)
    people.deactivate(analyst, by=users.administrator(), at=clock.now())
    assert caller.get("councils/").status_code == 401


def test_a_role_taken_away_is_taken_from_the_token_too() -> None:
    analyst = users.analyst()
    caller = ApiClient(analyst)
    request = role_requests.ask(
        analyst,
        role="analyst",
        change="take",
        reason="Left.",
        by=users.administrator(),
        at=clock.now(),
    )
    role_requests.confirm(request, by=users.administrator(), at=clock.now())
    assert caller.get("expressions/").status_code == 401


def test_outside_the_demonstration_staff_need_a_second_factor(
    settings: Settings,
) -> None:
    staff, applicant = ApiClient(users.analyst()), ApiClient(users.applicant())
    settings.DEMONSTRATION = False
    settings.SECURE_SSL_REDIRECT = False
    assert staff.get("councils/").status_code == 401
    assert applicant.get("councils/").status_code == 200


@pytest.mark.parametrize("scope", Scope.values)
def test_a_token_reads_what_its_scopes_name_and_nothing_else(scope: str) -> None:
    caller = ApiClient(users.official(), [scope])
    answers = {name: caller.get(f"{name}/").status_code for name in RESOURCES}
    opened = {scope.removesuffix(":read")} | {
        name for name in RESOURCES if issubclass(RESOURCES[name], OpenResource)
    }
    assert answers == {name: 200 if name in opened else 403 for name in RESOURCES}


def test_nothing_is_written_through_the_api() -> None:
    caller = ApiClient(users.official())
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(caller.client, method)("/api/v1/councils/")
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS")


def test_too_many_requests_in_a_minute_are_held_back(settings: Settings) -> None:
    settings.API_REQUESTS_A_MINUTE = 2
    caller, other = ApiClient(users.analyst()), ApiClient(users.analyst())
    answers = [caller.get("councils/") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 1 <= int(answers[-1]["Retry-After"]) <= 61
    assert answers[-1].json()["title"] == "Too Many Requests"
    assert other.get("councils/").status_code == 200
