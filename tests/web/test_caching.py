"""Pages of a signed-in user are not stored, except forms that are being filled in."""

import pytest
from django.test import Client

from tests.api.api_client import ApiClient
from tests.factories import cases, users

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


def test_the_public_page_of_a_stranger_says_nothing(client: Client) -> None:
    assert cache_control(client, "/") == ""


def test_signing_out_clears_what_the_browser_kept(client: Client) -> None:
    client.force_login(users.official())
    assert client.post("/accounts/logout/")["Clear-Site-Data"] == '"cache"'
