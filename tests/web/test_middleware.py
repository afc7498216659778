"""Each request has an id and one log line without personal data."""

import re
from typing import Any

import pytest
import structlog
from django.test import Client
from structlog.testing import capture_logs

from tests.factories import users

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.gallery")]


def lines(client: Client, *paths: str, **headers: Any) -> list[Any]:
    with capture_logs(processors=[structlog.contextvars.merge_contextvars]) as logs:
        for path in paths:
            client.get(path, **headers)
    return [line for line in logs if line["event"] == "request"]


def test_line_names_route_and_case_but_neither_query_nor_person(client: Client) -> None:
    client.force_login(users.account("someone@example.com"))
    [line] = lines(client, "/cases/EOI-1?q=Jane+Doe&email=jane@example.com")
    assert re.fullmatch(r"[0-9a-f]{32}", line.pop("request_id"))
    assert line.pop("duration_ms") >= 0
    assert line == {
        "event": "request",
        "log_level": "info",
        "method": "GET",
        "route": "cases/<str:key>",
        "status": 404,
        "case": "EOI-1",
    }


def test_every_request_has_an_id_of_its_own(client: Client) -> None:
    first, second = lines(client, "/", "/nowhere")
    assert first["request_id"] != second["request_id"]
    assert (second["route"], second["status"]) == ("", 404)


def test_well_formed_id_from_outside_is_kept_and_answered(client: Client) -> None:
    response = client.get("/", headers={"X-Request-ID": "abcd-1234.5678"})
    assert response["X-Request-ID"] == "abcd-1234.5678"


@pytest.mark.parametrize(
    "header", ["", "short", "x" * 65, 'a"b{}<script>', "a b c d e f"]
)
def test_any_other_id_from_outside_is_replaced(header: str, client: Client) -> None:
    response = client.get("/", headers={"X-Request-ID": header})
    assert re.fullmatch(r"[0-9a-f]{32}", response["X-Request-ID"])


def test_static_files_write_no_line(client: Client) -> None:
    assert lines(client, "/assets/css/nothing.css") == []


def test_policy_on_content_allows_nothing_inline(client: Client) -> None:
    policy = client.get("/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
