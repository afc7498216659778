"""What everybody can read, and what an applicant is told is missing."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from innovation.accounts.domain import memberships
from innovation.accounts.models import Office, Standing
from innovation.core import clock
from tests.dates import MOMENT
from tests.factories import cases, users

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/accessibility", "Web Content Accessibility Guidelines version 2.2"),
        ("/cookies", "csrftoken"),
        ("/privacy", "Information Commissioner’s Office"),
        ("/who-can-apply", "removing a barrier"),
    ],
)
def test_everybody_reads_it_and_no_cookie_is_set(
    client: Client, address: str, says: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert not answer.cookies


def test_each_cookie_is_named_as_browsers_show_it(client: Client) -> None:
    page = client.get("/cookies").content.decode()
    names = [name for name in dir(settings) if name.endswith("COOKIE_NAME")]
    names.remove("LANGUAGE_COOKIE_NAME")  # Set by nobody: there is one language.
    listed = re.findall(r'<th scope="row"[^>]*>([^<]*)</th>', page)
    assert sorted(listed) == sorted(getattr(settings, name) for name in names)


def test_every_page_leads_to_them(client: Client) -> None:
    page = client.get("/nowhere").content.decode()
    for address in ("/accessibility", "/cookies", "/privacy"):
        assert f'href="{address}"' in page


def test_the_front_page_names_open_and_coming_rounds_and_no_other(
    client: Client,
) -> None:
    now, day = clock.now(), timedelta(days=1)
    open_ = cases.round_(name="Now", opens_at=now - day, closes_at=now + day)
    future_round = cases.round_(name="Soon", opens_at=now + day, closes_at=None)
    past = cases.round_(name="Past")
    page = client.get("/").content.decode()
    assert f"/rounds/{open_.key}/check" in page
    assert f"/rounds/{future_round.key}" in page
    assert past.key not in page


def test_home_says_what_stands_between_an_applicant_and_sending(
    client: Client,
) -> None:
    person, body = users.person("applicant"), users.organisation()
    client.force_login(person)

    def home() -> str:
        return client.get("/home").content.decode()

    assert "You do not belong to an organisation yet" in home()
    membership = memberships.ask(organisation=body, by=person, at=MOMENT)
    assert "You have asked to join an organisation" in home()
    memberships.confirm(membership, by=users.official(), at=MOMENT)
    assert f"{body.name} has no authoriser" in home()
    memberships.change_standing(
        membership,
        standing=Standing.ADMINISTRATOR,
        office=Office.TRUSTEE,
        by=person,
        at=MOMENT,
    )
    assert "has no authoriser" not in home()


def test_whoever_confirms_people_sees_that_they_wait(client: Client) -> None:
    body = users.organisation()
    memberships.ask(organisation=body, by=users.person("applicant"), at=MOMENT)
    client.force_login(users.official())
    assert "1 person to confirm" in client.get("/home").content.decode()
    client.force_login(users.outsider())
    assert "to confirm" not in client.get("/home").content.decode()
