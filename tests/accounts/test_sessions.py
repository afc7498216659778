"""Sessions end with the account, and with a change of how somebody signs in."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from innovation.accounts.domain import people
from innovation.accounts.models import User
from innovation.core.errors import NotAllowed
from tests.dates import MOMENT
from tests.factories import users

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough pass phrase"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def person() -> User:
    return users.person_with_password(PASSWORD)


def sign_in(
    user: User, password: str = PASSWORD, client: Client | None = None
) -> Client:
    client = client or Client()
    client.post("/accounts/login/", {"login": user.email, "password": password})
    return client


def is_signed_in(client: Client) -> bool:
    return client.get("/home").status_code == 200


def reauthenticate(client: Client, address: str) -> None:
    """Confirm that it is oneself, as the page before a change asks."""
    response = client.get(f"/accounts/reauthenticate/?next={address}")
    assert response.status_code == 200
    client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": address})


def deactivate_and_reactivate(user: User) -> None:
    administrator = users.administrator()
    people.deactivate(user, by=administrator, at=MOMENT)
    people.reactivate(user, by=administrator, at=MOMENT)


def test_reactivating_an_account_does_not_revive_its_sessions(person: User) -> None:
    before = sign_in(person)
    assert is_signed_in(before)
    deactivate_and_reactivate(person)
    assert not is_signed_in(before)
    assert is_signed_in(sign_in(person))


def test_reactivating_an_account_does_not_revive_its_password_links(
    person: User,
) -> None:
    Client().post("/accounts/password/reset/", {"email": person.email})
    path = last_reset_link()
    deactivate_and_reactivate(person)
    assert "no longer works" in Client().get(path).content.decode()


def last_reset_link() -> str:
    [link] = [one for one in mail.outbox[-1].body.split() if "/reset/key/" in one]
    return "/" + link.split("/", 3)[3]


def test_reactivating_an_account_does_not_revive_a_started_sign_in(
    person: User,
) -> None:
    TOTP.activate(person, SECRET)
    client = sign_in(person)
    deactivate_and_reactivate(person)
    client.post("/accounts/2fa/authenticate/", {"code": app_code()})
    assert not is_signed_in(client)


def app_code() -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(SECRET, counter)))


def test_a_sign_in_begun_with_the_old_password_ends_with_it(person: User) -> None:
    TOTP.activate(person, SECRET)
    client, control = sign_in(person), sign_in(person)
    control.post("/accounts/2fa/authenticate/", {"code": app_code()})
    assert is_signed_in(control)
    person.set_password("another long pass phrase")
    person.save()
    cache.clear()  # else the code counts as used
    client.post("/accounts/2fa/authenticate/", {"code": app_code()})
    assert not is_signed_in(client)


def test_a_closed_account_is_out_at_once_and_cannot_sign_in(person: User) -> None:
    before = sign_in(person)
    people.deactivate(person, by=users.administrator(), at=MOMENT)
    assert not is_signed_in(before)
    assert not is_signed_in(sign_in(person))


def test_a_changed_password_ends_the_other_sessions(person: User) -> None:
    mine, other = sign_in(person), sign_in(person)
    new_password = "another long pass phrase"
    form = {
        "oldpassword": PASSWORD,
        "password1": new_password,
        "password2": new_password,
    }
    mine.post("/accounts/password/change/", form)
    assert (is_signed_in(mine), is_signed_in(other)) == (True, False)


def test_a_changed_address_ends_the_other_sessions_and_old_links(
    person: User,
) -> None:
    mine, other = sign_in(person), sign_in(person)
    Client().post("/accounts/password/reset/", {"email": person.email})
    link = last_reset_link()
    EmailAddress.objects.create(user=person, email="new@example.org", verified=True)
    reauthenticate(mine, "/accounts/email/")
    form = {"action_primary": "", "email": "new@example.org"}
    mine.post("/accounts/email/", form)
    person.refresh_from_db()
    assert person.email == "new@example.org"
    assert (is_signed_in(mine), is_signed_in(other)) == (True, False)
    assert "no longer works" in Client().get(link).content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_new_second_factor_ends_the_other_sessions(person: User) -> None:
    mine, other = sign_in(person), sign_in(person)
    reauthenticate(mine, "/accounts/2fa/totp/activate/")
    mine.get("/accounts/2fa/totp/activate/")
    secret = mine.session["mfa.totp.secret"]
    now = next(iter(yield_hotp_counters_from_time()))
    form = {"code": format_hotp_value(hotp_value(secret, now))}
    mine.post("/accounts/2fa/totp/activate/", form)
    assert Authenticator.objects.filter(user=person, type="totp").exists()
    assert (is_signed_in(mine), is_signed_in(other)) == (True, False)


def test_recovery_codes_are_shown_once(person: User) -> None:
    mine = sign_in(person)
    TOTP.activate(person, SECRET)
    reauthenticate(mine, "/accounts/2fa/recovery-codes/generate/")
    mine.post("/accounts/2fa/recovery-codes/generate/")
    shown = [
        mine.get("/accounts/2fa/recovery-codes/").content.decode() for _ in range(2)
    ]
    assert [page.count('<code class="app-code">') for page in shown] == [10, 0]
    assert "only show the codes once" in shown[1]


def test_a_user_can_sign_out_everywhere(person: User) -> None:
    mine, other = sign_in(person), sign_in(person)
    assert "in every other browser" in (
        mine.get("/account/sign-out-everywhere").content.decode()
    )
    mine.post("/account/sign-out-everywhere")
    assert (is_signed_in(mine), is_signed_in(other)) == (False, False)
    assert person.chain.events.get(name="person.signed_out").actor == person.key
    with pytest.raises(NotAllowed):
        people.sign_out_everywhere(person, by=users.administrator(), at=MOMENT)


def test_another_address_is_not_added_without_the_password(person: User) -> None:
    mine = sign_in(person)
    before = len(mail.outbox)
    response = mine.post(
        "/accounts/email/", {"action_add": "", "email": "x@example.org"}
    )
    assert response["Location"].startswith("/accounts/reauthenticate/")
    assert len(mail.outbox) == before
    mine.post(response["Location"], {"password": "wrong password"})
    assert len(mail.outbox) == before
    mine.post(response["Location"], {"password": PASSWORD})
    assert mail.outbox[-1].to == ["x@example.org"]


def test_the_session_gets_a_new_key_at_sign_in(person: User) -> None:
    client = Client()
    client.get("/accounts/login/?next=/account")
    session = client.session
    session["planted"] = "by a stranger"
    session.save()
    client.cookies["sessionid"] = session.session_key or ""
    sign_in(person, client=client)
    assert client.cookies["sessionid"].value != session.session_key
    assert is_signed_in(client)
    outsider = Client()
    outsider.cookies["sessionid"] = session.session_key or ""
    assert not is_signed_in(outsider)


def test_the_session_gets_a_new_key_at_reauthentication(person: User) -> None:
    client = sign_in(person)
    copied_client = Client()
    copied_client.cookies["sessionid"] = client.cookies["sessionid"].value
    assert is_signed_in(copied_client)
    reauthenticate(client, "/accounts/email/")
    assert (is_signed_in(client), is_signed_in(copied_client)) == (True, False)


@pytest.mark.parametrize(
    ("requested", "landing"),
    [
        ("/account", "/account"),
        ("https://elsewhere.example/", "/home"),
        ("//elsewhere.example", "/home"),
        ("https://internal.example/", "/home"),
        ("javascript:alert(1)", "/home"),
        ("/\\elsewhere.example", "/home"),
    ],
)
def test_signing_in_redirects_only_to_this_host(
    person: User, settings: Settings, requested: str, landing: str
) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "internal.example"]
    form = {"login": person.email, "password": PASSWORD, "next": requested}
    assert Client().post("/accounts/login/", form)["Location"] == landing


def test_a_code_is_tried_three_times(person: User) -> None:
    EmailAddress.objects.update(verified=False)
    client = sign_in(person)
    [code] = re.findall(r"^[A-Z0-9-]{6,9}$", str(mail.outbox[-1].body), re.MULTILINE)
    for _ in range(3):
        client.post("/accounts/confirm-email/", {"code": "WRONG1"})
    client.post("/accounts/confirm-email/", {"code": code})
    assert not is_signed_in(client)


def test_codes_of_the_second_factor_are_tried_five_times(person: User) -> None:
    TOTP.activate(person, SECRET)
    client = sign_in(person)
    for _ in range(5):
        client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    response = client.post("/accounts/2fa/authenticate/", {"code": app_code()})
    assert "Too many attempts" in response.content.decode()
    assert not is_signed_in(client)
