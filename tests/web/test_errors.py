"""An error page says what to do next, and all its links work."""

import re
from typing import Any, NoReturn

import pytest
from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.test import Client
from django.urls import path, reverse
from pytest_django import Settings

from innovation import urls
from tests.factories import cases, users

_NEXT_STEP = re.compile(r'<li><a class="govuk-link" href="([^"]+)">([^<]+)</a></li>')


def failing_view(request: HttpRequest) -> NoReturn:
    raise RuntimeError("Something nobody thought of")


def bad_request_view(request: HttpRequest) -> NoReturn:
    raise BadRequest("Nothing a browser would send")


urlpatterns = [
    *urls.urlpatterns,
    path("broken", failing_view),
    path("garbled", bad_request_view),
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def next_steps(answer: Any) -> dict[str, str]:
    page = answer.content.decode()
    _, _, after = page.partition("What you can do next")
    return {label: href for href, label in _NEXT_STEP.findall(after)}


def client_of(user: Any) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def test_what_comes_too_late_leads_back_to_its_case() -> None:
    case = cases.declined_expression()
    official = client_of(users.official())
    answer = official.get(reverse("bids:case-decline", args=[case.key]))
    assert answer.status_code == 409
    steps = next_steps(answer)
    assert steps[f"Go to {case.key}, {case.title}"] == case_url(case)
    assert f"{case.title}, {case.key} – " in title(answer)
    assert steps["See your tasks"] == "/home"
    assert {official.get(href).status_code for href in steps.values()} == {200}


def test_what_may_not_be_done_leads_back_to_it() -> None:
    case = cases.draft()
    viewer = client_of(users.viewer(case.lead))
    answer = viewer.get(reverse("bids:expression-withdraw", args=[case.key]))
    assert answer.status_code == 403
    assert {viewer.get(href).status_code for href in next_steps(answer).values()} == {
        200
    }
    assert reverse("bids:expression", args=[case.key]) in next_steps(answer).values()


def test_a_stranger_learns_of_no_case_from_the_error() -> None:
    case = cases.submitted_expression()
    answer = client_of(users.outsider()).get(case_url(case))
    assert case.title not in answer.content.decode()
    assert list(next_steps(answer)) == ["See your tasks"]


@pytest.mark.parametrize(
    ("address", "status"),
    [("/nowhere", 404), ("/garbled", 400), ("/cases/", 403)],
)
def test_an_error_leads_back_to_where_its_reader_came_from(
    address: str, status: int
) -> None:
    client = client_of(users.applicant())
    headers = {"referer": "http://testserver/apply/?after=x"}
    answer = client.get(address, headers=headers)
    assert answer.status_code == status
    assert next_steps(answer) == {
        "Go back to the page you came from": "/apply/?after=x",
        "See your tasks": "/home",
    }
    for other_site in ("https://elsewhere.example/apply/", "http://[", "javascript:x"):
        answer = client.get(address, headers={"referer": other_site})
        assert list(next_steps(answer)) == ["See your tasks"]


def test_who_is_not_signed_in_is_led_to_that(client: Client) -> None:
    answer = client.get("/nowhere")
    assert next_steps(answer) == {
        "See funding rounds": "/rounds/",
        "See funded projects": "/projects/",
        "See published evaluations": "/evaluations/",
        "Sign in": "/accounts/login/",
        "Go to the front page": "/",
    }
    page = answer.content.decode()
    assert '<form method="get" action="/projects/" role="search"' in page
    assert "nowhere" not in page


def test_a_method_that_a_page_does_not_have_is_answered_by_a_page() -> None:
    answer = client_of(users.official()).post("/cases/")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert "This page cannot do that" in answer.content.decode()
    assert next_steps(answer)["See your tasks"] == "/home"


def test_a_failure_offers_the_page_again() -> None:
    answer = client_of(users.official()).get('/broken?q="><b>')
    assert answer.status_code == 500
    assert next_steps(answer) == {
        "Try this page again": "/broken?q=%22%3E%3Cb%3E",
        "Go to the front page": "/",
    }


def test_a_service_that_is_shut_offers_the_page_again(settings: Settings) -> None:
    settings.MAINTENANCE = True
    answer = Client().get("/cases/")
    assert (answer.status_code, next_steps(answer)["Try this page again"]) == (
        503,
        "/cases/",
    )


def test_a_form_without_its_mark_leads_to_the_form() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/accounts/login/", {"login": "a@example.org"})
    assert answer.status_code == 403
    assert next_steps(answer)["Open the form again"] == "/accounts/login/"


def case_url(case: Any) -> str:
    return reverse("bids:case", args=[case.key])


def title(answer: Any) -> str:
    match = re.search("<title>(.*?)</title>", answer.content.decode())
    assert match is not None
    return match[1]
