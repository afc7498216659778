"""Letters about accounts lead to the setting's address, whatever host was named."""

import re
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings as given
from django.core import mail
from django.test import Client
from pytest_django import Settings

from innovation.accounts.domain import people
from innovation.accounts.models import User
from tests.dates import MOMENT
from tests.factories import users

pytestmark = pytest.mark.django_db

FOREIGN = "internal.example"
PASSWORD = "a long enough pass phrase"


@pytest.fixture
def client(settings: Settings) -> Client:
    settings.ALLOWED_HOSTS = ["testserver", FOREIGN]
    return Client(HTTP_HOST=FOREIGN)


@pytest.fixture
def person() -> User:
    return users.person_with_password(PASSWORD)


def test_no_letter_names_the_host_of_the_request(client: Client, person: User) -> None:
    closed = users.person("applicant")
    people.deactivate(closed, by=users.administrator(), at=MOMENT)
    form = {"name": "N", "password1": "quite-a-long-one-31"}
    for email in (person.email, "new@example.org"):
        client.post("/accounts/signup/", {**form, "email": email})
        client.post("/accounts/logout/")
    for email in (person.email, "nobody@example.org", closed.email):
        client.post("/accounts/password/reset/", {"email": email})
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    password = "another long pass phrase"
    client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": password, "password2": password},
    )
    address = client.post(
        "/accounts/email/", {"action_add": "", "email": "second@example.org"}
    )["Location"]
    client.post(address, {"password": password})
    EmailAddress.objects.create(user=person, email="other@example.org", verified=True)
    other = {"email": "other@example.org"}
    client.post("/accounts/email/", {"action_primary": "", **other})
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")

    subjects = {letter.subject for letter in mail.outbox}
    assert subjects == {
        "You have an account already",
        "Your code to confirm your email address",
        "Choose a new password",
        "There is no account with this email address",
        "Your account is closed",
        "Your password was changed",
        "Your email address was changed",
    }
    for letter in mail.outbox:
        text = f"{letter.subject}\n{letter.body}"
        assert FOREIGN not in text
        assert "testserver" not in text
        assert set(re.findall(r"https?://[^/\s]+", text)) <= {given.BASE_URL}


def test_the_letter_with_a_code_and_its_page_say_how_long_it_works(
    client: Client,
) -> None:
    form = {"name": "N", "email": "new@example.org", "password1": "quite-a-long-one-31"}
    page = client.post("/accounts/signup/", form, follow=True)
    minutes = given.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT // 60
    for text in (mail.outbox[-1].body, page.content.decode()):
        assert f"works for {minutes} minutes" in text


def test_no_letter_template_uses_the_request() -> None:
    folders = (
        "account/email",
        "mfa/email",
        "accounts/letters",
        "notifications/letters",
    )
    variables = [
        path for folder in folders for path in Path("templates", folder).glob("*.txt")
    ]
    assert len(variables) > 60
    for path in variables:
        tags = " ".join(re.findall(r"{[{%].*?[%}]}", path.read_text(), re.DOTALL))
        # The name of a page is no question.
        names = re.sub(r'"[^"]*"', "", tags)
        variables = re.findall(r"request|current_site|signup_url|activate_url", names)
        assert not variables, path


def test_the_link_to_a_new_password_works_once(client: Client, person: User) -> None:
    client.post("/accounts/password/reset/", {"email": person.email})
    [link] = re.findall(r"\S+/reset/key/\S+", str(mail.outbox[-1].body))
    assert link.startswith(f"{given.BASE_URL}/accounts/password/reset/key/")
    path = link.removeprefix(given.BASE_URL)
    form = client.get(path)["Location"]
    password = "another long pass phrase"
    both = {"password1": password, "password2": password}
    assert client.post(form, both).status_code == 302
    for address in (path, form):
        assert "no longer works" in client.get(address).content.decode()
    assert client.post(form, both).status_code == 200
    person.refresh_from_db()
    assert person.check_password(password)


def test_the_letter_about_a_new_password_depends_on_the_account(
    person: User,
) -> None:
    closed = users.person("applicant", email="closed@example.org")
    people.deactivate(closed, by=users.administrator(), at=MOMENT)
    for email, subject in (
        (person.email, "Choose a new password"),
        ("nobody@example.org", "There is no account with this email address"),
        (closed.email, "Your account is closed"),
    ):
        response = Client().post("/accounts/password/reset/", {"email": email})
        assert response["Location"] == "/accounts/password/reset/done/"
        assert (mail.outbox[-1].to, mail.outbox[-1].subject) == ([email], subject)
