"""All kinds of responses get the best score of the Observatory, as in production."""

from collections.abc import Callable
from typing import Any, NoReturn

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import Client
from django.urls import path
from pytest_django import Settings

from bids.domain import expressions
from innovation import urls
from innovation.documents.domain import documents
from tests.api.api_client import token_for
from tests.database_guards import force_update
from tests.dates import MOMENT
from tests.factories import cases, users
from tests.web import observatory
from tests.web.observatory import directives


def failing_view(request: HttpRequest) -> NoReturn:
    raise RuntimeError("Something nobody thought of")


urlpatterns = [*urls.urlpatterns, path("broken", failing_view)]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
GetAnswer = Callable[[], Any]
NOTHING = {
    "default-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
    "frame-ancestors": ["'none'"],
}


@pytest.fixture(autouse=True)
def production(settings: Settings) -> None:
    """What the settings say outside the demonstration, but for the second factor."""
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 63_072_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True


def get(address: str, *, user: Any = None, **more: Any) -> Any:
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    return client.get(address, secure=True, **more)


def get_file() -> Any:
    case = cases.draft()
    [plan] = documents.add(
        [SimpleUploadedFile("plan.pdf", b"%PDF-1.7 %%EOF")],
        chain=case.chain,
        field="chosen",
        by=case.started_by,
        at=MOMENT,
    )
    case.documents.create(code="documents", document=plan)
    expressions.submit(case, by=case.started_by, at=MOMENT)
    plans = type(plan).objects.filter(pk=plan.pk)
    force_update(plans, state="clean", scanned_at=MOMENT)
    return get(f"/documents/{plan.key}", user=case.started_by)


def get_api(address: str) -> Any:
    bearer = f"Bearer {token_for(users.applicant())}"
    return get(f"/api/v1/{address}", headers={"authorization": bearer})


PAGES: dict[str, tuple[int, GetAnswer]] = {
    "a page": (200, lambda: get("/")),
    "a page that sets its cookies": (200, lambda: get("/accounts/login/")),
    "an error": (404, lambda: get("/nowhere")),
    "a failure": (500, lambda: get("/broken")),
    "a wrong host": (400, lambda: get("/", headers={"host": "elsewhere.example"})),
}
OTHERS: dict[str, tuple[int, GetAnswer]] = {
    "data": (200, lambda: get_api("rounds/")),
    "an error of the API": (404, lambda: get_api("nowhere/")),
    "a probe": (200, lambda: get("/health/live")),
    "an export": (200, lambda: get("/reports/all-cases.csv", user=users.analyst())),
    "a redirection": (302, lambda: get("/cases/")),
    "a script": (200, lambda: get("/assets/js/app.js")),
}


def check(answer: Any, status: int) -> dict[str, int]:
    assert answer.status_code == status
    modifiers = observatory.modifiers(answer)
    assert not {name: points for name, points in modifiers.items() if points < 0}
    for name in (
        "content-security-policy",
        "cross-origin-resource-policy",
        "cross-origin-embedder-policy",
        "cross-origin-opener-policy",
    ):
        assert modifiers[name] == 10, name
    for name in ("referrer-policy", "x-frame-options"):
        assert modifiers[name] == 5, name
    assert "camera=()" in answer.headers["Permissions-Policy"]
    return modifiers


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_has_all_points_it_can_have(kind: str) -> None:
    status, ask = PAGES[kind]
    answer = ask()
    modifiers = check(answer, status)
    assert modifiers["subresource-integrity"] == 5
    without_cookies = observatory.BEST - 5
    assert observatory.score(modifiers) == without_cookies + modifiers["cookies"]
    if kind == "a page that sets its cookies":
        assert observatory.score(modifiers) == observatory.BEST


@pytest.mark.parametrize("kind", OTHERS)
def test_what_is_no_page_may_load_and_frame_nothing(kind: str) -> None:
    status, ask = OTHERS[kind]
    answer = ask()
    check(answer, status)
    if status == 200:
        policy = answer.headers["Content-Security-Policy"]
        assert directives(policy) == NOTHING


def test_a_file_of_an_applicant_is_handed_over_and_never_shown() -> None:
    answer = get_file()
    check(answer, 200)
    assert answer["Content-Disposition"].startswith("attachment;")
    policy = directives(answer["Content-Security-Policy"])
    assert policy == {"default-src": ["'none'"], "sandbox": [], **NOTHING}


def test_plain_http_is_led_to_tls(settings: Settings) -> None:
    answer = Client().get("/rounds/")
    assert (answer.status_code, answer["Location"][:8]) == (301, "https://")
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


def test_the_old_headers_would_not_do() -> None:
    """The scale finds what was missing."""
    answer = get("/accounts/login/")
    for name in ("Cross-Origin-Resource-Policy", "Cross-Origin-Embedder-Policy"):
        del answer.headers[name]
    assert observatory.score(observatory.modifiers(answer)) == observatory.BEST - 20
