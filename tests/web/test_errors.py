"""An error says what to do next, and every way it offers can be gone."""

import re
from typing import Any

import pytest
from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.test import Client
from django.urls import path, reverse
from pytest_django import Settings

from innovation import urls
from tests import cases, cast

_WAY = re.compile(r'<li><a class="govuk-link" href="([^"]+)">([^<]+)</a></li>')


def broken(request: HttpRequest) -> None:
    raise RuntimeError("Something nobody thought of")


def garbled(request: HttpRequest) -> None:
    raise BadRequest("Nothing a browser would send")


urlpatterns = [*urls.urlpatterns, path("broken", broken), path("garbled", garbled)]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def ways(answer: Any) -> dict[str, str]:
    page = answer.content.decode()
    _, _, after = page.partition("What you can do next")
    return {label: href for href, label in _WAY.findall(after)}


def signed_in(user: Any) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def test_what_comes_too_late_leads_back_to_its_case() -> None:
    case = cases.declined()
    official = signed_in(cast.official())
    answer = official.get(reverse("bids:case-decline", args=[case.key]))
    assert answer.status_code == 409
    found = ways(answer)
    assert found[f"Go to {case.key}, {case.title}"] == case_page(case)
    assert f"{case.title}, {case.key} – " in title(answer)
    assert found["See your tasks"] == "/home"
    assert {official.get(href).status_code for href in found.values()} == {200}


def test_what_may_not_be_done_leads_back_to_it() -> None:
    case = cases.draft()
    viewer = signed_in(cast.viewer(case.lead))
    answer = viewer.get(reverse("bids:expression-withdraw", args=[case.key]))
    assert answer.status_code == 403
    assert {viewer.get(href).status_code for href in ways(answer).values()} == {200}
    assert reverse("bids:expression", args=[case.key]) in ways(answer).values()


def test_a_stranger_learns_of_no_case_from_the_error() -> None:
    case = cases.submitted()
    answer = signed_in(cast.outsider()).get(case_page(case))
    assert case.title not in answer.content.decode()
    assert list(ways(answer)) == ["See your tasks"]


@pytest.mark.parametrize(
    ("address", "status"),
    [("/nowhere", 404), ("/garbled", 400), ("/cases/", 403)],
)
def test_an_error_leads_back_to_where_its_reader_came_from(
    address: str, status: int
) -> None:
    client = signed_in(cast.applicant())
    came = {"referer": "http://testserver/apply/?after=x"}
    answer = client.get(address, headers=came)
    assert answer.status_code == status
    assert ways(answer) == {
        "Go back to the page you came from": "/apply/?after=x",
        "See your tasks": "/home",
    }
    for elsewhere in ("https://elsewhere.example/apply/", "http://[", "javascript:x"):
        answer = client.get(address, headers={"referer": elsewhere})
        assert list(ways(answer)) == ["See your tasks"]


def test_who_is_not_signed_in_is_led_to_that(client: Client) -> None:
    assert ways(client.get("/nowhere")) == {
        "Sign in": "/accounts/login/",
        "Go to the front page": "/",
    }


def test_a_method_that_a_page_does_not_have_is_answered_by_a_page() -> None:
    answer = signed_in(cast.official()).post("/cases/")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert "This page cannot do that" in answer.content.decode()
    assert ways(answer)["See your tasks"] == "/home"


def test_a_failure_offers_the_page_again() -> None:
    answer = signed_in(cast.official()).get('/broken?q="><b>')
    assert answer.status_code == 500
    assert ways(answer) == {
        "Try this page again": "/broken?q=%22%3E%3Cb%3E",
        "Go to the front page": "/",
    }


def test_a_service_that_is_shut_offers_the_page_again(settings: Settings) -> None:
    settings.MAINTENANCE = True
    answer = Client().get("/cases/")
    assert (answer.status_code, ways(answer)["Try this page again"]) == (503, "/cases/")


def test_a_form_without_its_mark_leads_to_the_form() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/accounts/login/", {"login": "a@example.org"})
    assert answer.status_code == 403
    assert ways(answer)["Open the form again"] == "/accounts/login/"


def case_page(case: Any) -> str:
    return reverse("bids:case", args=[case.key])


def title(answer: Any) -> str:
    found = re.search("<title>(.*?)</title>", answer.content.decode())
    assert found is not None
    return found[1]
