"""The first administrator of a new service, made on its machine."""

import io
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from innovation.accounts.models import User
from innovation.audit.models import Event
from tests.audit_events import events_of
from tests.factories import users

pytestmark = pytest.mark.django_db
PASSWORD = "a long and unlikely one"


def run(*words: str) -> str:
    output = io.StringIO()
    call_command("add_administrator", *words, stdout=output)
    return output.getvalue()


def test_a_new_person_is_added_and_chooses_a_password_by_the_link(
    client: Client,
) -> None:
    output = run("New.Admin@example.org", "--name", "Ada")

    user = User.objects.get(email="new.admin@example.org")
    assert (user.name, user.roles) == ("Ada", ["administrator"])
    [event] = Event.objects.filter(chain=user.chain)
    assert (event.name, event.actor) == ("person.added", "service")
    assert [letter.to for letter in mail.outbox] == [[user.email]]

    link = urlsplit(output.split()[-1]).path
    form = client.get(link, follow=True)
    address = form.redirect_chain[-1][0]
    client.post(address, {"password1": PASSWORD, "password2": PASSWORD})
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_an_existing_user_gets_the_role_and_no_link() -> None:
    user = users.official()

    output = run(user.email)

    user.refresh_from_db()
    assert user.roles == ["administrator", "official"]
    assert "http" not in output
    event = events_of(user.chain).get()
    assert (event.name, event.data) == ("person.role_given", {"role": "administrator"})


def test_an_invalid_address_is_refused_with_a_message() -> None:
    with pytest.raises(CommandError, match="is not an email address"):
        run("nobody")


def test_an_administrator_cannot_be_added_twice() -> None:
    run("new.admin@example.org")
    with pytest.raises(CommandError, match="already holds the role"):
        run("new.admin@example.org")


def test_with_two_administrators_a_reason_is_needed_and_they_get_letters() -> None:
    one, other = users.administrator(), users.administrator()
    with pytest.raises(CommandError, match="say why with --because"):
        run("third@example.org")
    assert not User.objects.filter(email="third@example.org").exists()

    run("third@example.org", "--because", "Both are on leave.")

    third = User.objects.get(email="third@example.org")
    grant = third.role_grants.get()
    assert (grant.origin, grant.reason) == ("service", "Both are on leave.")
    recipients = {
        letter.to[0] for letter in mail.outbox if "administrator" in letter.subject
    }
    assert recipients == {one.email, other.email}
