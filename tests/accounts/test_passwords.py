"""Which passwords are refused at sign-up, and with which words."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client


@pytest.mark.parametrize(
    "password",
    [
        "Innovation2026!",
        "ChildrensSocialCare",
        "dfe-grants-2016",
        "Investment Board 1",
        "welcome-to-DfE-26",
    ],
)
def test_a_password_made_of_words_about_the_service_is_refused(password: str) -> None:
    with pytest.raises(ValidationError, match="words about this service"):
        validate_password(password)


@pytest.mark.parametrize(
    "password",
    [
        "purple bicycle care",
        "innovation by candlelight",
        "ünïcödé und Kürbis",
        "7203-9961-4488",
        "x" * 64,
    ],
)
def test_other_passwords_are_accepted(password: str) -> None:
    validate_password(password)


@pytest.mark.django_db
def test_signing_up_says_why_a_password_is_refused(client: Client) -> None:
    form = {"name": "Ann", "email": "ann@example.org", "password1": "Innovation2026!"}
    page = client.post("/accounts/signup/", form)
    assert "words that have nothing to do with it" in page.content.decode()
    form["password1"] = "purple bicycle\x00 care"
    page = client.post("/accounts/signup/", form)
    assert "a character that you cannot see. Type it again" in page.content.decode()
