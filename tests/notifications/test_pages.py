"""Who reads which letters, and who sends them again."""

import uuid

import pytest
from django.test import Client
from pytest_django import Settings

from innovation.accounts.models import User
from innovation.notifications import delivery, letters
from innovation.notifications.models import Letter, LetterState
from tests.notifications.conftest import PUT
from tests.unguarded import rewrite

pytestmark = pytest.mark.django_db


def posted(address: str, title: str = "Your code") -> Letter:
    (letter,) = letters.put_written(
        "account", addresses=[address], title=title, text="It is 123456.", at=PUT
    )
    delivery.deliver([letter.pk])
    return letter


def test_people_read_their_own_letters(
    client: Client, reader: User, outsider: User
) -> None:
    letter = posted(reader.email, "A letter to the reader")
    address = f"/letters/{letter.reference}/"
    client.force_login(reader)
    assert "A letter to the reader" in client.get("/letters/").content.decode()
    assert "It is 123456." in client.get(address).content.decode()
    client.force_login(outsider)
    assert "There are no letters for you" in client.get("/letters/").content.decode()
    assert client.get(address).status_code == 404


def test_nobody_reads_letters_without_signing_in(client: Client, reader: User) -> None:
    letter = posted(reader.email, "A letter to the reader")
    assert "A letter to the reader" not in client.get("/letters/").content.decode()
    assert client.get(f"/letters/{letter.reference}/").status_code == 404


def test_who_signs_up_finds_the_code_before_signing_in(
    client: Client, settings: Settings, django_capture_on_commit_callbacks: object
) -> None:
    settings.EMAIL_BACKEND = "innovation.notifications.email.OutboxBackend"
    password = "quite-a-long-one-31"
    client.post(
        "/accounts/signup/",
        {"email": "new@example.org", "name": "New Person", "password1": password},
    )
    letter = Letter.objects.get(address="", recipient__email="new@example.org")
    delivery.deliver([letter.pk])
    address = f"/letters/{letter.reference}/"
    assert address in client.get("/letters/").content.decode()
    assert address not in Client().get("/letters/").content.decode()


def test_an_administrator_reads_all_in_the_demonstration(
    client: Client, reader: User, administrator: User
) -> None:
    posted(reader.email, "A letter to the reader")
    client.force_login(administrator)
    assert "A letter to the reader" in client.get("/letters/").content.decode()


def test_there_is_no_postbox_outside_the_demonstration(
    client: Client, reader: User, settings: Settings
) -> None:
    letter = posted(reader.email)
    client.force_login(reader)
    settings.DEMONSTRATION = False
    settings.SECURE_SSL_REDIRECT = False
    settings.MIDDLEWARE = [
        name for name in settings.MIDDLEWARE if "SecondFactor" not in name
    ]
    assert client.get("/letters/").status_code == 404
    assert client.get(f"/letters/{letter.reference}/").status_code == 404


def test_an_unknown_letter_is_not_found(client: Client, reader: User) -> None:
    client.force_login(reader)
    assert client.get(f"/letters/{uuid.uuid4()}/").status_code == 404


def test_the_outbox_shows_state_and_no_words(
    client: Client, reader: User, administrator: User
) -> None:
    letter = posted(reader.email)
    rewrite(
        Letter.objects.all(),
        state=LetterState.IN_DOUBT,
        sent_at=None,
        last_error="TimeoutError",
    )
    client.force_login(administrator)
    page = client.get("/letters/outbox/?state=troubled").content.decode()
    assert letter.key in page
    assert "In doubt<br>TimeoutError" in page
    assert "123456" not in page
    assert letter.key not in client.get("/letters/outbox/?state=due").content.decode()


def test_a_letter_in_doubt_is_sent_again_from_its_page(
    client: Client, reader: User, administrator: User
) -> None:
    letter = posted(reader.email)
    rewrite(Letter.objects.all(), state=LetterState.IN_DOUBT, sent_at=None)
    address = f"/letters/outbox/{letter.key}/send-again"
    client.force_login(administrator)
    assert "its reader gets it twice" in client.get(address).content.decode()
    assert client.post(address).status_code == 302
    letter.refresh_from_db()
    assert letter.state == LetterState.DUE
    assert client.post(address).status_code == 409


def test_the_outbox_is_the_administrators(client: Client, reader: User) -> None:
    letter = posted(reader.email)
    client.force_login(reader)
    assert client.get("/letters/outbox/").status_code == 403
    address = f"/letters/outbox/{letter.key}/send-again"
    assert client.post(address).status_code == 403
