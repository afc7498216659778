"""Who reads which letters, and who sends them again."""

import re
import uuid

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from innovation.accounts.models import User
from innovation.notifications import delivery, letters
from innovation.notifications.models import Letter, LetterState
from tests.database_guards import force_update
from tests.notifications.conftest import QUEUED_AT

pytestmark = pytest.mark.django_db


def deliver_letter(address: str, title: str = "Your code") -> Letter:
    (letter,) = letters.queue_written(
        "account", addresses=[address], title=title, text="It is 123456.", at=QUEUED_AT
    )
    delivery.deliver([letter.pk])
    return letter


def test_people_read_their_own_letters(
    client: Client, reader: User, outsider: User
) -> None:
    letter = deliver_letter(reader.email, "A letter to the reader")
    address = f"/letters/{letter.reference}/"
    client.force_login(reader)
    assert "A letter to the reader" in client.get("/letters/").content.decode()
    assert "It is 123456." in client.get(address).content.decode()
    client.force_login(outsider)
    assert "There are no letters for you" in client.get("/letters/").content.decode()
    assert client.get(address).status_code == 404


def test_nobody_reads_letters_without_signing_in(client: Client, reader: User) -> None:
    letter = deliver_letter(reader.email, "A letter to the reader")
    for address in ("/letters/", f"/letters/{letter.reference}/"):
        response = client.get(address)
        assert response.status_code == 302
        assert response["Location"].startswith("/accounts/login/")


def test_signing_up_with_a_known_address_opens_none_of_its_letters(
    client: Client, reader: User, settings: Settings
) -> None:
    """The link to a new password, of whoever has an account, was read by this."""
    settings.EMAIL_BACKEND = "innovation.notifications.email.OutboxBackend"
    Client().post("/accounts/password/reset/", {"email": reader.email})
    letter = Letter.objects.get(recipient=reader)
    delivery.deliver([letter.pk])
    form = {"email": reader.email, "name": "X", "password1": "quite-a-long-one-31"}
    assert client.post("/accounts/signup/", form).status_code == 302
    for address in ("/letters/", f"/letters/{letter.reference}/"):
        assert client.get(address).status_code == 302
    page = client.get("/accounts/confirm-email/").content.decode()
    assert "Choose a new password" not in page
    assert "/password/reset/key" not in page


def test_the_demonstration_shows_the_code_at_sign_up(
    client: Client,
) -> None:
    form = {"email": "new@example.org", "name": "N", "password1": "quite-a-long-one-31"}
    client.post("/accounts/signup/", form)
    page = client.get("/accounts/confirm-email/").content.decode()
    [code] = re.findall(r"<strong>([A-Z0-9-]{6,9})</strong>", page)
    assert code in mail.outbox[-1].body
    client.post("/accounts/confirm-email/", {"code": code})
    assert client.get("/home").status_code == 200


def test_outside_the_demonstration_the_page_shows_no_code(
    client: Client, settings: Settings
) -> None:
    settings.DEMONSTRATION = False
    settings.SECURE_SSL_REDIRECT = False
    form = {"email": "new@example.org", "name": "N", "password1": "quite-a-long-one-31"}
    client.post("/accounts/signup/", form)
    page = client.get("/accounts/confirm-email/").content.decode()
    assert "Enter the code we sent you" in page
    [code] = re.findall(r"^[A-Z0-9-]{6,9}$", str(mail.outbox[-1].body), re.MULTILINE)
    assert code not in page


def test_an_administrator_reads_their_own_letters_alone(
    client: Client, reader: User, administrator: User
) -> None:
    letter = deliver_letter(reader.email, "A letter to the reader")
    client.force_login(administrator)
    assert "A letter to the reader" not in client.get("/letters/").content.decode()
    assert client.get(f"/letters/{letter.reference}/").status_code == 404


def test_there_is_no_postbox_outside_the_demonstration(
    client: Client, reader: User, settings: Settings
) -> None:
    letter = deliver_letter(reader.email)
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


def test_the_outbox_shows_the_state_of_letters_but_no_text(
    client: Client, reader: User, administrator: User
) -> None:
    letter = deliver_letter(reader.email)
    force_update(
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
    letter = deliver_letter(reader.email)
    force_update(Letter.objects.all(), state=LetterState.IN_DOUBT, sent_at=None)
    address = f"/letters/outbox/{letter.key}/send-again"
    client.force_login(administrator)
    assert "the recipient will get it twice" in client.get(address).content.decode()
    assert client.post(address).status_code == 302
    letter.refresh_from_db()
    assert letter.state == LetterState.DUE
    assert client.post(address).status_code == 409


def test_only_administrators_open_the_outbox(client: Client, reader: User) -> None:
    letter = deliver_letter(reader.email)
    client.force_login(reader)
    assert client.get("/letters/outbox/").status_code == 403
    address = f"/letters/outbox/{letter.key}/send-again"
    assert client.post(address).status_code == 403
