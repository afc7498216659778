"""What the script learns that suggests councils and partners, and what it does not."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bids import partner_policies
from funding.domain import announcements
from innovation.accounts.models import User
from innovation.core import clock
from innovation.core.clock import london_day
from tests.dates import OPENS_AT
from tests.factories import cases, grants, users

pytestmark = pytest.mark.django_db


def suggested(user: User, text: str, page: str = "partners") -> list[str]:
    client = Client()
    client.force_login(user)
    response = client.get(reverse(f"bids:{page}"), {"text": text})
    assert response.status_code == 200
    names: list[dict[str, str]] = response.json()["names"]
    return [name["name"] for name in names]


def test_a_council_is_suggested_to_every_applicant() -> None:
    place = users.council_organisation().council
    assert place is not None
    for page in ("partners", "councils"):
        assert suggested(users.outsider(), place.official_name, page) == [place.name]


def test_an_applicant_is_suggested_the_partners_of_their_own_cases_alone() -> None:
    partner = users.organisation("Open Doors")
    expression = cases.draft(complete=False)
    expression.partners.add(partner)
    own = cases.editor_of(expression.lead)
    assert suggested(own, "open doo") == [partner.name]
    assert suggested(users.outsider(), "open doo") == []
    assert suggested(own, "open doo", "councils") == []


def test_a_partner_of_a_case_closed_to_the_applicant_is_not_suggested() -> None:
    both = users.person("applicant", "board_member")
    lead = users.organisation("Lead")
    users.join(both, lead)
    partner = users.organisation("Open Doors")
    bid = cases.bid_in_development(lead=lead)
    bid.partners.add(partner)
    assert suggested(both, "open doo") == [partner.name]
    grants.interest(bid, both)
    assert suggested(both, "open doo") == []


def test_the_lead_of_a_grant_is_suggested_from_its_announcement_on() -> None:
    award = grants.active_award(
        bid=cases.assessed_bid(lead=users.organisation("Doors"))
    )
    assert award.lead is not None
    name, outsider = award.lead.name, users.outsider()
    assert suggested(outsider, name) == []
    now = clock.now()
    announcements.announce(award, on=london_day(now), by=users.grant_manager(), at=now)
    assert suggested(outsider, name) == [name]


def test_only_applicants_are_answered(client: Client) -> None:
    for page in ("partners", "councils"):
        address = reverse(f"bids:{page}")
        assert client.get(address).status_code == 302
        client.force_login(users.official())
        assert client.get(address, {"text": "a"}).status_code == 403
        client.logout()
    assert not partner_policies.organisations_to_suggest(
        users.official(), date(2015, 2, 28)
    ).exists()


@pytest.mark.parametrize("text", ["", "\x00", "%", "a" * 5_000, "'; --"])
def test_any_text_is_answered(text: str) -> None:
    assert isinstance(suggested(users.outsider(), text), list)


def test_a_name_that_is_not_found_is_answered_with_a_similar_one_of_the_case(
    client: Client,
) -> None:
    round = cases.round_(opens_at=OPENS_AT, closes_at=None)
    expression = cases.draft(round=round, complete=False)
    partner = users.organisation("Barnardo’s of Northshire")
    outsider = cases.draft(round=round, complete=False)
    expression.partners.add(partner)
    typed: dict[str, Any] = {"partners": partner.name.replace("do’s", "does")}
    for case, guess in ((expression, True), (outsider, False)):
        client.force_login(cases.editor_of(case.lead))
        address = reverse(
            "bids:expression-section", args=[case.key, "organisation-and-partners"]
        )
        page = client.post(address, typed).content.decode()
        assert "There is no registered organisation called" in page
        assert (f"Did you mean “{partner.name}”?" in page) is guess
