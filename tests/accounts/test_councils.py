"""The public list of councils."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from innovation.organisations.models import CouncilCode
from tests.dates import MOMENT
from tests.factories import users

pytestmark = pytest.mark.django_db


def listed(client: Client, text: str = "", status: int = 200) -> str:
    query = {"text": text} if text else {}
    response = client.get(reverse("accounts:councils"), query)
    assert response.status_code == status
    return response.content.decode()


def test_everybody_finds_a_council_by_its_names_number_and_code(
    client: Client,
) -> None:
    users.council_organisation(users.council("Southshire"))
    place = users.council("Northshire")
    users.council_organisation(place)
    CouncilCode.objects.create(
        council=place,
        gss_code="E08000099",
        name=place.name,
        official_name=place.official_name,
        valid_from=MOMENT.date(),
    )
    assert re.search(r"Southshire", listed(client))
    for text in (place.name, place.official_name, place.dfe_number, "e08000099"):
        page = listed(client, text)
        assert place.official_name in page
        assert "E08000099" in page
        assert "Southshire" not in page


def test_a_name_of_no_council_is_said(client: Client) -> None:
    assert "is not a council" in listed(client, "Nowhereshire", status=422)
