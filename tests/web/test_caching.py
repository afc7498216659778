"""Pages of a signed-in user are not stored, except forms that are being filled in.
Public pages may be kept for a minute, by everybody.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoDbBlocker

from funding.domain.announcements import announce
from innovation.web.base import Page
from tests.access import routes
from tests.api.api_client import ApiClient
from tests.dates import moment_after
from tests.factories import cases, grants, users
from tests.module_data import module_transaction

SHARED = [
    *("/", "/rounds/", "/rounds/{round}", "/rounds/{round}/questions"),
    *("/rounds/{round}/questions/download", "/who-can-apply", "/projects/"),
    *("/projects/{award}/", "/evaluations/"),
    *("/councils/", "/accessibility", "/cookies", "/help", "/privacy", "/api/"),
    *("/figures/", "/figures/projects/", "/figures/councils/"),
    *("/robots.txt", "/sitemap.xml", "/announcements.atom"),
    "/.well-known/security.txt",
]
NOT_SHARED = {
    "feedback",
    "feedback/sent",
    "invited/<link>",
    "projects.csv",
    "rounds/<key>/check",
}
"""Public pages with a form, what follows one, and what is streamed."""
pytestmark = pytest.mark.django_db


def cache_control(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.headers.get("Cache-Control", ""))


def test_a_page_read_signed_in_is_not_stored(client: Client) -> None:
    expression = cases.submitted_expression()
    client.force_login(users.official())
    for address in ("/home", "/cases/", expression.get_absolute_url()):
        assert cache_control(client, address) == "no-store"


def test_neither_is_an_error(client: Client) -> None:
    client.force_login(users.outsider())
    answer = client.get(cases.submitted_expression().get_absolute_url())
    assert (answer.status_code, answer["Cache-Control"]) == (403, "no-store")


def test_a_form_may_be_gone_back_to(client: Client) -> None:
    client.force_login(users.applicant())
    assert cache_control(client, "/apply/start") == "private, no-cache"


def test_a_program_s_answer_is_not_stored() -> None:
    answer = ApiClient(users.official()).get("expressions/")
    assert answer["Cache-Control"] == "no-store"


@pytest.fixture(scope="module")
def parameters(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[dict[str, str]]:
    at = moment_after(days=60)
    with module_transaction(django_db_blocker):
        award = announce(
            grants.active_award(), on=at.date(), by=users.grant_manager(), at=at
        )
        cases.question_set(award.round)
        yield {"round": award.round.key, "award": award.key}


@pytest.mark.parametrize("address", SHARED)
def test_a_public_page_is_the_same_for_all_visitors_and_kept_for_a_minute(
    address: str, parameters: dict[str, str]
) -> None:
    path = address.format(**parameters)
    visitor, another = Client(), Client()
    another.get("/accounts/login/")
    another.cookies[settings.DEVICE_COOKIE_NAME] = "any"
    page, same = visitor.get(path), another.get(path)
    assert settings.CSRF_COOKIE_NAME in another.cookies
    assert page.status_code == 200
    assert page["Cache-Control"] == "public, max-age=60"
    assert "Cookie" in page["Vary"]
    assert page["ETag"] == same["ETag"]
    assert not page.cookies
    assert b"csrfmiddlewaretoken" not in page.content


@pytest.mark.parametrize("address", SHARED)
def test_what_is_kept_is_asked_for_again_without_being_sent(
    address: str, client: Client, parameters: dict[str, str]
) -> None:
    path = address.format(**parameters)
    page = client.get(path)
    second = client.get(path, headers={"If-None-Match": page["ETag"]})
    assert (second.status_code, second.content) == (304, b"")
    # A browser puts these in the place of those that it has kept.
    own = {"Content-Type", "Content-Length", "Content-Disposition", "X-Request-ID"}
    headers = {name: value for name, value in page.items() if name not in own}
    assert {name: second.get(name) for name in headers} == headers


@pytest.mark.parametrize("address", SHARED)
def test_somebody_signed_in_gets_no_shared_copy(
    address: str, client: Client, parameters: dict[str, str]
) -> None:
    path = address.format(**parameters)
    etag = client.get(path)["ETag"]
    client.force_login(users.outsider())
    page = client.get(path, headers={"If-None-Match": etag})
    assert (page.status_code, page["Cache-Control"]) == (200, "no-store")
    assert "ETag" not in page


def test_every_public_page_without_a_form_is_shared() -> None:
    public = {
        route.address: route.view.shared
        for route in routes.all_routes()
        if isinstance(route.view, type)
        and issubclass(route.view, Page)
        and route.view.policy.public
    }
    assert {
        address for address, is_shared in public.items() if not is_shared
    } == NOT_SHARED
    assert len(public) == len(SHARED) + len(NOT_SHARED)


def test_no_page_that_needs_somebody_is_shared() -> None:
    for route in routes.all_routes():
        if getattr(route.view, "shared", False):
            assert route.view.policy.public, route.address


def test_a_page_that_shows_something_new_is_sent_again(client: Client) -> None:
    before = client.get("/rounds/")
    round = cases.round_(closes_at=None)
    after = client.get("/rounds/", headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert round.name in after.content.decode()


@pytest.mark.parametrize(
    "setting",
    ["SESSION_COOKIE_NAME", "MESSAGES_COOKIE_NAME"],
    ids=["session", "message"],
)
def test_with_a_cookie_of_ours_nothing_is_shared(setting: str, client: Client) -> None:
    """Neither that of a session that has ended, nor that of a message."""
    client.cookies[getattr(settings, setting)] = "ended"
    assert cache_control(client, "/") == "no-store"


@pytest.mark.parametrize(
    "address", ["/projects/?q=name", "/?on=2015-01-01", "/rounds/?x=1"]
)
def test_what_somebody_typed_into_an_address_is_not_shared(
    address: str, client: Client
) -> None:
    assert "public" not in cache_control(client, address)


def test_neither_is_a_page_with_a_form_or_an_error(
    client: Client, parameters: dict[str, str]
) -> None:
    login: Any = client.get("/accounts/login/")
    assert "public" not in login.headers.get("Cache-Control", "")
    check = f"/rounds/{parameters['round']}/check"
    for path in (check, "/rounds/none", "/cases/", "/nowhere"):
        assert "Cache-Control" not in client.get(path).headers
    assert "Cache-Control" not in client.post("/rounds/").headers


def test_signing_out_clears_what_the_browser_kept(client: Client) -> None:
    client.force_login(users.official())
    assert client.post("/accounts/logout/")["Clear-Site-Data"] == '"cache"'
