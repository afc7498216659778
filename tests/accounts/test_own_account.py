"""What users see and change of their own account."""

import pytest
from django.test import Client

from innovation.accounts.domain import people
from innovation.accounts.models import User
from innovation.core.errors import NotAllowed
from tests.audit_events import events_of
from tests.dates import MOMENT
from tests.edit_forms import post_edit
from tests.factories import users

pytestmark = pytest.mark.django_db


def test_the_account_page_links_to_what_users_can_change(client: Client) -> None:
    for person in (users.applicant(), users.official()):
        client.force_login(person)
        page = client.get("/account").content.decode()
        assert person.email in page
        for address in (
            "/account/name",
            "/accounts/email/",
            "/accounts/password/change/",
            "/accounts/2fa/",
        ):
            assert f'href="{address}"' in page


def test_users_can_change_their_own_name_only(client: Client) -> None:
    person, other = users.applicant(), users.outsider()
    client.force_login(person)
    assert post_edit(client, "/account/name", {"name": " "}).status_code == 422
    post_edit(client, "/account/name", {"name": "A Better Name"})
    names = dict(User.objects.values_list("pk", "name"))
    assert names[person.pk] == "A Better Name"
    assert names[other.pk] == other.name
    event = events_of(person.chain_id).get()
    assert (event.name, event.actor) == ("person.renamed", person.key)


def test_reminders_are_turned_off_and_on_by_their_reader_alone(client: Client) -> None:
    person, other = users.applicant(), users.outsider()
    client.force_login(person)
    assert 'href="/account/reminders"' in client.get("/account").content.decode()
    page = client.get("/account/reminders").content.decode()
    assert "Reminders are on." in page
    assert "a week before a deadline and again the day before" in page
    answer = client.post("/account/reminders", {})
    assert answer.status_code == 422
    assert "Select yes if you want reminders" in answer.content.decode()

    answer = client.post("/account/reminders", {"wanted": "no"}, follow=True)

    assert "Reminders are off" in answer.content.decode()
    choices = dict(User.objects.values_list("pk", "wants_reminders"))
    assert choices == {person.pk: False, other.pk: True}
    client.post("/account/reminders", {"wanted": "no"})
    assert "Reminders are off." in client.get("/account/reminders").content.decode()
    client.post("/account/reminders", {"wanted": "yes"})
    recorded = [event.data["reminders"] for event in events_of(person.chain_id)]
    assert sorted(recorded) == ["off", "on"]

    with pytest.raises(NotAllowed, match="only choose your own reminders"):
        people.choose_reminders(person, wanted=False, by=other, at=MOMENT)
    client.force_login(users.official())
    assert client.get("/account/reminders").status_code == 403
    assert "/account/reminders" not in client.get("/account").content.decode()
