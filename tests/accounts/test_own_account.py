"""What users see and change of their own account."""

import pytest
from django.test import Client

from innovation.accounts.models import User
from tests.audit_events import events_of
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
