"""How to reach the team, on every page."""

import pytest
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db
PAGES = ("/help", "/accessibility", "/privacy")


@pytest.mark.parametrize("address", ["/", "/rounds/", "/no/such/page", *PAGES])
def test_every_page_leads_to_help_and_feedback(client: Client, address: str) -> None:
    page = client.get(address).text
    for link in ("/help", "/feedback", "/accessibility", "/cookies", "/privacy"):
        assert f'href="{link}"' in page


def test_the_settings_say_how_to_reach_the_team(
    client: Client, settings: Settings
) -> None:
    settings.CONTACT_EMAIL = "team@example.org"
    settings.CONTACT_PHONE = "020 7946 0000"
    settings.CONTACT_HOURS = "Weekdays, 10am to 4pm"
    for address in PAGES:
        assert 'href="mailto:team@example.org"' in client.get(address).text
    for address in ("/help", "/accessibility"):
        page = client.get(address).text
        assert "020 7946 0000" in page
        assert "Weekdays, 10am to 4pm" in page


def test_without_an_address_the_form_is_the_way(
    client: Client, settings: Settings
) -> None:
    settings.CONTACT_EMAIL = settings.CONTACT_PHONE = ""
    for address in PAGES:
        page = client.get(address).text
        assert "mailto:" not in page
        assert page.count('href="/feedback"') >= 2
