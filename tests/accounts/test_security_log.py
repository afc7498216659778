"""Who came in, who failed to, and who was refused what can be read from the log."""

import logging

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.test import Client

from innovation.accounts.domain import limits
from innovation.accounts.models import User
from innovation.core import clock
from tests.factories import users

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough pass phrase"


@pytest.fixture(autouse=True)
def _no_limits_of_earlier_tests() -> None:
    cache.clear()


@pytest.fixture
def official() -> User:
    return users.person_with_password(PASSWORD, "official")


def lines(caplog: pytest.LogCaptureFixture) -> list[tuple[str, str, str]]:
    """Level, event and person of each line about security."""
    return [
        (record.levelname, record.msg["event"], record.msg["person"])
        for record in caplog.records
        if record.name == "innovation.security" and isinstance(record.msg, dict)
    ]


def logged_route(caplog: pytest.LogCaptureFixture) -> object:
    """Of the last line."""
    message: object = caplog.records[-1].msg
    assert isinstance(message, dict)
    return message["route"]


def sign_in(client: Client, address: str, password: str) -> None:
    client.post("/accounts/login/", {"login": address, "password": password})


def test_a_right_password_and_signing_out_are_logged(
    client: Client, official: User, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        sign_in(client, official.email, PASSWORD)
        client.post("/accounts/logout/")
    assert lines(caplog) == [
        ("INFO", "authn_login_success", official.key),
        ("INFO", "authn_logout", official.key),
    ]


def test_a_wrong_password_names_whose_account_it_was_tried_on(
    client: Client, official: User, caplog: pytest.LogCaptureFixture
) -> None:
    sign_in(client, official.email.upper(), "wrong")
    assert lines(caplog) == [("WARNING", "authn_login_fail", official.key)]


def test_an_unknown_address_is_not_logged(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    sign_in(client, "stranger@example.org", "wrong")
    assert lines(caplog) == [("WARNING", "authn_login_fail", "")]
    assert "stranger" not in caplog.text


def test_too_many_attempts_are_logged_with_the_account(
    client: Client, official: User, caplog: pytest.LogCaptureFixture
) -> None:
    EmailAddress.objects.create(user=official, email="other@example.org", verified=True)
    for _ in range(6):
        sign_in(client, "other@example.org", "wrong")
    assert lines(caplog) == [
        *[("WARNING", "authn_login_fail", official.key)] * 5,
        ("WARNING", "excess_rate_limit_exceeded", official.key),
    ]
    assert logged_route(caplog) == "accounts/login/"


def test_too_many_requests_for_letters_are_logged(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    limit = limits.LETTERS_TO_ADDRESS
    for _ in range(limit.maximum):
        limits.consume(limit, "stranger@example.org", at=clock.now())
    client.post("/accounts/password/reset/", {"email": "stranger@example.org"})
    assert lines(caplog) == [("WARNING", "excess_rate_limit_exceeded", "")]
    assert "stranger" not in caplog.text


def test_a_wrong_code_of_the_second_factor_is_logged(
    client: Client, official: User, caplog: pytest.LogCaptureFixture
) -> None:
    TOTP.activate(official, generate_totp_secret())
    assert Authenticator.objects.filter(user=official).exists()
    sign_in(client, official.email, PASSWORD)
    client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert lines(caplog) == [("WARNING", "authn_factor_fail", official.key)]


def test_a_page_that_was_refused_is_logged_with_its_route(
    client: Client, official: User, caplog: pytest.LogCaptureFixture
) -> None:
    client.force_login(official)
    caplog.clear()
    assert client.get("/people/").status_code == 403
    assert lines(caplog) == [("WARNING", "authz_fail", official.key)]
    assert logged_route(caplog) == "people/"


def test_the_use_of_an_invalid_token_is_logged_without_the_token(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    token = {"Authorization": "Bearer not-a-token"}
    assert client.get("/api/v1/rounds/", headers=token).status_code == 401
    assert lines(caplog) == [("WARNING", "authn_token_fail", "")]
    assert "not-a-token" not in caplog.text


def test_accepted_requests_are_not_logged(
    client: Client, official: User, caplog: pytest.LogCaptureFixture
) -> None:
    client.force_login(official)
    caplog.clear()
    assert client.get("/home").status_code == 200
    assert client.get("/nowhere").status_code == 404
    assert lines(caplog) == []
