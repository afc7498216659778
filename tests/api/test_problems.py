"""Every error under /api/ is a problem document."""

from typing import Any

import pytest
from django.db.models import Model, QuerySet
from django.test import Client, RequestFactory
from pytest_django import Settings

from bids.models import Round
from innovation.accounts import policies
from innovation.api.views import OpenResource
from innovation.notifications.models import PostedLetter
from tests.api.api_client import ApiClient
from tests.factories import users

pytestmark = pytest.mark.django_db


def problem(answer: Any) -> dict[str, Any]:
    assert answer["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert body["status"] == answer.status_code
    assert body["request_id"] == answer["X-Request-ID"]
    assert set(body) <= {"type", "title", "status", "detail", "request_id", "problems"}
    return body


@pytest.mark.parametrize("address", ["/api/nowhere", "/api/v1/nowhere/", "/api/v1/"])
def test_an_address_nobody_answers(address: str) -> None:
    assert problem(Client().get(address))["status"] == 404


def test_a_row_that_is_not_there() -> None:
    body = problem(ApiClient(users.official()).get("expressions/EOI-00000-00000/"))
    assert body["detail"] == "There is nothing here, or nothing you may see."


def test_a_method_that_is_not_answered() -> None:
    answer = ApiClient(users.official()).client.post("/api/v1/rounds/")
    assert problem(answer)["title"] == "Method Not Allowed"


def test_a_wrong_host() -> None:
    answer = Client(headers={"host": "elsewhere.example"}).get("/api/v1/rounds/")
    assert problem(answer)["status"] == 400


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"limit": "0"}, "limit"),
        ({"limit": "101"}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"state": "draft"}, "state"),
        ({"submitted_from": "yesterday"}, "submitted_from"),
        ({"submitted_from": "2015-2-1"}, "submitted_from"),
        ({"submitted_from": "2015-02-30"}, "submitted_from"),
        ({"demonstration": "maybe"}, "demonstration"),
        ({"lead": "\x00"}, "lead"),
        ({"lead": "\u200b"}, "lead"),
        ({"lead": ""}, "lead"),
        ({"leed": "ORG-00000-00000"}, "leed"),
    ],
)
def test_a_parameter_that_cannot_be_read_is_named(
    query: dict[str, str], field: str
) -> None:
    body = problem(ApiClient(users.official()).get("expressions/", **query))
    assert body["status"] == 422
    assert list(body["problems"]) == [field]


@pytest.mark.parametrize("after", ["EOI-00000-00000", "\x00"])
def test_a_page_after_a_row_that_is_not_there(after: str) -> None:
    body = problem(ApiClient(users.official()).get("expressions/", after=after))
    assert body["status"] == 404
    assert body["detail"] == "No row you may see has the key in `after`."


@pytest.mark.parametrize(
    ("model", "lookup", "after"),
    [
        (Round, "id", "abc"),
        (Round, "id", "1e400"),
        (Round, "id", "9" * 40),
        (Round, "id", "-1"),
        (Round, "id", "\x00"),
        (PostedLetter, "reference", "abc"),
    ],
)
def test_a_mark_that_its_column_cannot_hold_marks_no_row(
    model: type[Model], lookup: str, after: str
) -> None:
    class AnyRows(OpenResource):
        lookup_field = lookup

        @staticmethod
        def rows(user: object) -> QuerySet[Model]:
            return model._default_manager.all()

    request = RequestFactory().get("/", {"after": after})
    answer = AnyRows.as_view({"get": "list"}, filter_backends=[])(request)
    assert answer.status_code == 404
    assert answer.data["detail"] == "No row you may see has the key in `after`."


def test_an_answer_that_is_not_accepted() -> None:
    caller = ApiClient(users.official())
    answer = caller.client.get("/api/v1/rounds/", headers={"accept": "text/csv"})
    assert problem(answer)["status"] == 406


def test_a_failure_here(settings: Settings, monkeypatch: Any) -> None:
    def break_down(user: Any) -> Any:
        raise RuntimeError("private words")

    caller = ApiClient(users.official())
    caller.client.raise_request_exception = False
    monkeypatch.setattr(policies, "organisations_for", break_down)
    answer = caller.get("organisations/")
    assert problem(answer)["status"] == 500
    assert "private words" not in answer.content.decode()


def test_over_plain_http_it_is_refused_and_not_redirected(settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    caller = ApiClient(users.official()).client
    body = problem(caller.get("/api/v1/rounds/"))
    assert (body["status"], body["detail"][:15]) == (403, "Use https. This")
    assert caller.get("/api/v1/rounds/", secure=True).status_code == 200
    assert Client().get("/").status_code == 301
