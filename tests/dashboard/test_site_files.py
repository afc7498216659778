"""The files that programs look for say what is public, and nothing else."""

from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings as service
from django.test import Client
from pytest_django import Settings

from funding.domain import announcements
from funding.models import Award
from innovation.core import clock
from tests.factories import cases, grants, users

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def announced(award: Award, on: date) -> Award:
    manager, now = users.grant_manager(), clock.now()
    return announcements.announce(award, on=on, by=manager, at=now)


def today() -> date:
    return clock.london_day(clock.now())


def read_xml(client: Client, address: str) -> Any:
    answer = client.get(address, headers={"host": "localhost"})
    assert answer.status_code == 200
    return ElementTree.fromstring(answer.content)


def test_the_sitemap_has_each_public_page_once_under_the_services_address(
    client: Client,
) -> None:
    project = announced(grants.active_award(), on=today())
    to_come = announced(grants.active_award(), on=today() + timedelta(days=1))
    private = grants.active_award()
    draft = cases.round_(published=False)
    places = read_xml(client, "/sitemap.xml").findall(f"{SITEMAP}url")
    changed = {
        place.findtext(f"{SITEMAP}loc"): place.findtext(f"{SITEMAP}lastmod")
        for place in places
    }
    assert len(changed) == len(places)
    assert all(address.startswith(f"{service.BASE_URL}/") for address in changed)
    paths = {address.removeprefix(service.BASE_URL) for address in changed}
    assert {"/", "/projects/", "/figures/", f"/rounds/{project.round.key}"} <= paths
    assert not [path for path in paths if path.startswith(("/accounts", "/home"))]
    address = f"{service.BASE_URL}/projects/{project.key}/"
    assert changed[address] == today().isoformat()
    for award in (to_come, private):
        assert award.key not in str(changed)
        assert award.round.key in str(changed)
    assert draft.key not in str(changed)


def test_a_round_without_published_questions_has_no_page_of_them_there(
    client: Client,
) -> None:
    round = cases.round_()
    address = f"{service.BASE_URL}/rounds/{round.key}/questions"
    assert address not in client.get("/sitemap.xml").content.decode()
    cases.question_set(round)
    assert address in client.get("/sitemap.xml").content.decode()


def test_the_feed_has_announced_projects_and_published_rounds(client: Client) -> None:
    award = announced(grants.active_award(), on=today())
    past_award = grants.published_award(
        title="A <b>bold</b> idea", lead_as_published="<b>Bold</b>"
    )
    to_come = announced(grants.active_award(), on=today() + timedelta(days=1))
    feed = read_xml(client, "/announcements.atom")
    entries = {
        entry.findtext(f"{ATOM}id"): entry for entry in feed.iter(f"{ATOM}entry")
    }
    project = entries[f"{service.BASE_URL}/projects/{award.key}/"]
    assert project.findtext(f"{ATOM}title").startswith(award.title)
    assert "£8,000 · Announced" in project.findtext(f"{ATOM}summary")
    past = entries[f"{service.BASE_URL}/projects/{past_award.key}/"]
    assert past.findtext(f"{ATOM}title") == "A <b>bold</b> idea"
    assert past.findtext(f"{ATOM}summary").startswith("&lt;b&gt;Bold")
    assert past.findtext(f"{ATOM}published") == "2014-11-30T00:00:00+00:00"
    assert to_come.key not in str(entries)
    assert feed.find(f"{ATOM}link[@rel='self']").get("href") == (
        f"{service.BASE_URL}/announcements.atom"
    )


def test_a_round_is_in_the_feed_from_when_it_was_published(client: Client) -> None:
    before = cases.round_(published=False)
    assert before.key not in client.get("/announcements.atom").content.decode()


def test_search_engines_are_kept_out_of_what_is_made_up(
    client: Client, settings: Settings
) -> None:
    settings.DEMONSTRATION = True
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /" in lines
    settings.DEMONSTRATION = False
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /" not in lines
    assert {"User-agent: *", "Disallow: /accounts/", "Disallow: /*?"} <= set(lines)
    assert lines[-1] == f"Sitemap: {service.BASE_URL}/sitemap.xml"


@pytest.mark.parametrize(
    ("contact", "line"),
    [
        ("security@example.org", "Contact: mailto:security@example.org"),
        ("https://example.org/report", "Contact: https://example.org/report"),
    ],
)
def test_security_text_names_the_contact_and_has_not_expired(
    client: Client, settings: Settings, contact: str, line: str
) -> None:
    settings.SECURITY_CONTACT = contact
    answer = client.get("/.well-known/security.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    lines = dict(text.split(": ", 1) for text in answer.content.decode().splitlines())
    assert f"Contact: {lines['Contact']}" == line
    expires_on = date.fromisoformat(lines["Expires"][:10])
    assert timedelta(days=30) < expires_on - today() < timedelta(days=365)
    assert lines["Canonical"] == f"{service.BASE_URL}/.well-known/security.txt"


def test_without_a_contact_there_is_no_security_text(
    client: Client, settings: Settings
) -> None:
    settings.SECURITY_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404


def test_what_is_not_public_is_not_to_be_listed(client: Client) -> None:
    expression = cases.submitted_expression()
    assert "X-Robots-Tag" not in client.get("/projects/").headers
    for address in ("/nowhere", "/accounts/login/", "/projects.csv", "/home"):
        assert client.get(address)["X-Robots-Tag"] == "noindex", address
    client.force_login(users.official())
    answer = client.get(expression.get_absolute_url())
    assert answer["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in answer.content.decode()
