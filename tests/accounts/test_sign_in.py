"""Signing in: the second factor, and how often a password may be tried."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import connection
from django.test import Client
from pytest_django import Settings

from innovation.accounts.models import User
from innovation.accounts.roles import ROLES
from tests.factories import users

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough pass phrase"


@pytest.fixture
def production(settings: Settings) -> None:
    settings.DEMONSTRATION = False
    settings.SECURE_SSL_REDIRECT = False


def person_with_password(role: str) -> User:
    return users.person_with_password(PASSWORD, role)


def sign_in(client: Client, user: User, password: str = PASSWORD) -> int:
    form = {"login": user.email, "password": password}
    return client.post("/accounts/login/", form).status_code


@pytest.mark.usefixtures("production")
@pytest.mark.parametrize("role", ROLES)
def test_everybody_but_applicants_sets_up_a_second_factor(
    role: str, client: Client
) -> None:
    user = users.person(role)
    client.force_login(user)
    response = client.get("/home")
    if role == "applicant":
        assert response.status_code == 200
        return
    assert response["Location"] == "/accounts/2fa/totp/activate/"
    # As allauth keeps it once the first code was right.
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    assert client.get("/home").status_code == 200


@pytest.mark.usefixtures("production")
def test_a_user_with_a_second_factor_is_asked_for_it(client: Client) -> None:
    user = person_with_password("official")
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    assert sign_in(client, user) == 302
    response = client.get("/home")
    assert response["Location"].startswith("/accounts/login/")


@pytest.mark.usefixtures("production")
def test_an_applicant_who_is_also_staff_needs_one(client: Client) -> None:
    client.force_login(users.person("applicant", "official"))
    assert client.get("/home").status_code == 302


def test_in_the_demonstration_nobody_needs_one(client: Client) -> None:
    user = person_with_password("official")
    assert sign_in(client, user) == 302
    assert client.get("/home").status_code == 200


def test_an_unverified_address_is_asked_for_its_code(client: Client) -> None:
    user = person_with_password("applicant")
    EmailAddress.objects.update(verified=False)
    sign_in(client, user)
    assert client.get("/home").status_code == 302


def test_attempts_are_counted_for_all_workers_together() -> None:
    cache.set("shared", "by all", 60)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM shared_cache")
        assert cursor.fetchone() == (1,)
        cursor.execute(
            "SELECT relpersistence FROM pg_class WHERE relname IN "
            "('shared_cache', 'core_quota')"
        )
        assert cursor.fetchall() == [("u",), ("u",)]


def test_resetting_a_password_does_not_show_whether_an_address_is_known(
    client: Client,
) -> None:
    known = person_with_password("applicant")
    pages = [
        client.post("/accounts/password/reset/", {"email": email})["Location"]
        for email in (known.email, "nobody@example.org")
    ]
    assert pages[0] == pages[1]


def test_a_change_of_address_is_recorded_without_the_address(client: Client) -> None:
    user = person_with_password("applicant")
    sign_in(client, user)
    EmailAddress.objects.create(user=user, email="new@example.org", verified=True)
    form = {"action_primary": "", "email": "new@example.org"}

    address = client.post("/accounts/email/", form)["Location"]
    user.refresh_from_db()
    assert address.startswith("/accounts/reauthenticate/?next=")
    assert user.email != "new@example.org"
    response = client.post(address, {"password": PASSWORD})

    assert response.status_code == 302
    user.refresh_from_db()
    assert user.email == "new@example.org"
    event = user.chain.events.get(name="person.email_changed")
    assert (event.actor, event.subject, event.data) == (user.key, user.key, {})
