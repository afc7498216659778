"""The page of a council: its dated facts, and the cases, awards and evaluations that
its reader may know of.
"""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bids.domain import expressions
from bids.models import Bid, Expression
from funding.domain.announcements import announce
from funding.models import Award, EvaluationReport
from innovation.accounts.domain import council_facts
from innovation.accounts.models import User
from innovation.core import clock
from innovation.core.dates import WrittenDate
from innovation.organisations.models import (
    Council,
    CouncilFact,
    FactKind,
    Organisation,
    RunsServices,
)
from tests.dates import MOMENT, moment_after
from tests.factories import cases, grants, users

pytestmark = pytest.mark.django_db


def opened(client: Client, user: User, council: Council, **query: str) -> str:
    client.force_login(user)
    address = reverse("funding:council", args=[council.pk])
    response = client.get(address, query)
    assert response.status_code == 200
    return response.content.decode()


def sent_case(council: Council, **options: Any) -> Expression:
    """A case of another lead, with work in the council."""
    draft = cases.draft(lead=users.organisation("Elsewhere"), **options)
    by = cases.editor_of(draft.lead)
    expressions.save(draft, facts={"councils": [council]}, by=by, at=MOMENT)
    return expressions.submit(draft, by=by, at=MOMENT)


def test_it_names_the_cases_that_the_council_leads_and_takes_part_in(
    client: Client,
) -> None:
    council = users.council()
    own = cases.submitted_expression(
        lead=users.council_organisation(council), title="Led from here"
    )
    other = sent_case(council, title="Work done here")
    draft = cases.draft(lead=own.lead, title="Not sent yet")
    elsewhere = cases.submitted_expression(title="Somewhere else")
    page = opened(client, users.official(), council)
    for case in (own, other):
        assert reverse("bids:case", args=[case.key]) in page
    assert page.count("Led by this council") == 1
    assert page.count(f"Takes part. Led by {other.lead.name}") == 1
    for case in (draft, elsewhere):
        assert case.title not in page


def test_a_coach_sees_only_their_cases_and_announced_awards(client: Client) -> None:
    council, coach = users.council(), users.coach()
    assigned = sent_case(council, title="Assigned to them")
    sent_case(council, title="Assigned to nobody")
    users.assign(coach, assigned)
    secret, public = award_in(council, "Secret"), award_in(council, "Public")
    announce_now(public)
    page = opened(client, coach, council)
    assert "Assigned to them" in page
    assert "Assigned to nobody" not in page
    assert reverse("funding:project", args=[public.key]) in page
    assert secret.key not in page
    assert "Secret" not in page


def award_in(council: Council, title: str) -> Award:
    lead = Organisation.objects.filter(council=council).first()
    bid = cases.assessed_bid(
        lead=lead or users.council_organisation(council), title=title
    )
    return grants.active_award(bid)


def announce_now(award: Award) -> None:
    now = clock.now()
    announce(award, on=clock.london_day(now), by=users.grant_manager(), at=now)


def test_who_has_declared_an_interest_finds_nothing_of_the_case(
    client: Client,
) -> None:
    """The pages of two councils, one without the case, differ in nothing for them."""
    council, empty = users.council(), users.council()
    award = award_in(council, "In conflict")
    official = users.person("official", "board_member")
    reports_on(award)
    assert isinstance(award.bid, Bid)
    assert "In conflict" in opened(client, official, council)
    grants.interest(award.bid, official)
    page, other = (opened(client, official, one) for one in (council, empty))
    for text in ("In conflict", award.key, award.bid.expression.key, "What was found"):
        assert text not in page
    for text in (
        "There is no case here",
        "We know of no award",
        "No evaluation of these",
    ):
        assert text in page
        assert text in other


def reports_on(award: Award) -> EvaluationReport:
    return EvaluationReport.objects.create(
        award=award,
        title=f"What was found in {award.key}",
        published_on=MOMENT.date(),
        published_precision="day",
        source="The department",
    )


def test_finance_reads_awards_and_evaluations_but_no_cases(client: Client) -> None:
    council = users.council()
    award = award_in(council, "A grant")
    report = reports_on(award)
    page = opened(client, users.finance(), council)
    assert reverse("funding:award", args=[award.key]) in page
    assert report.title in page
    assert "Not announced" in page
    assert "bids:case" not in page
    assert award.bid is not None
    assert award.bid.expression.key not in page


@pytest.mark.parametrize("role", ["applicant", "board_member", "administrator"])
def test_others_cannot_open_it(client: Client, role: str) -> None:
    council, fact = users.council(), users.council_fact()
    client.force_login(users.person(role))
    for name, key in (
        ("council", council.pk),
        ("council-fact-add", council.pk),
        ("council-fact", fact.key),
        ("council-fact-end", fact.key),
        ("council-fact-withdraw", fact.key),
    ):
        address = reverse(f"funding:{name}", args=[key])
        assert client.get(address).status_code == 403, name


def test_its_facts_are_shown_as_at_a_day_and_as_known_on_a_day(
    client: Client,
) -> None:
    council, official = users.council(), users.official()
    trust = users.organisation("Northshire Children First", source="A gazette")
    RunsServices.objects.create(organisation=trust, council=council, started="2014")
    users.council_fact(council)
    page = opened(client, official, council, as_at="2014-11-20")
    assert "On 20 November 2014" in page
    assert "October 2014: named in an announcement" in page
    assert f"{trust.name} since 2014" in page
    page = opened(client, official, council, as_at="2014-09-30")
    assert "October 2014: named in an announcement" not in page
    parts = dict(zip(("day", "month", "year"), ("20", "11", "2014"), strict=True))
    before = {"day": "11", "month": "11", "year": "2014"}
    query = {f"as_at_{name}": value for name, value in parts.items()}
    query |= {f"known_on_{name}": value for name, value in before.items()}
    page = opened(client, official, council, **query)
    assert "as known on 11 November 2014" in page
    assert "October 2014: named in an announcement" not in page


def test_a_day_that_is_none_is_refused_and_kept(client: Client) -> None:
    client.force_login(users.official())
    address = reverse("funding:council", args=[users.council().pk])
    response = client.get(address, {"as_at": "31 February 2015"})
    assert response.status_code == 422
    assert "31 February 2015" in response.content.decode()


def test_an_official_adds_a_fact_with_a_month_for_a_date(client: Client) -> None:
    council = users.council()
    client.force_login(users.official())
    address = reverse("funding:council-fact-add", args=[council.pk])
    sent = {
        "kind": FactKind.COMMISSIONER,
        "what": "commissioner appointed",
        "started_month": "october",
        "started_year": "2014",
        "source": "https://example.org/letter",
        "confidence": "medium",
    }
    response = client.post(address, sent, follow=True)
    council_page = reverse("funding:council", args=[council.pk])
    assert response.redirect_chain == [(council_page, 302)]
    page = response.content.decode()
    for text in ("From October 2014", "https://example.org/letter"):
        assert text in page
    assert "Confidence: medium" in page


@pytest.mark.parametrize(
    ("part", "problem"),
    [
        ({"started_year": ""}, "The date must include a year"),
        ({"started_month": "", "started_day": "3"}, "The date must include a month"),
        ({"started_month": "13"}, "The date must be a real date"),
        ({"started_year": "2150"}, "The date must be today or in the past"),
        ({"source": ""}, "Enter where this is published"),
        ({"kind": ""}, "Select what it is about"),
    ],
)
def test_what_is_wrong_with_a_fact_is_said_and_nothing_is_lost(
    client: Client, part: dict[str, str], problem: str
) -> None:
    client.force_login(users.official())
    address = reverse("funding:council-fact-add", args=[users.council().pk])
    sent = {
        "kind": "trust",
        "what": "a trust began its work",
        "started_month": "10",
        "started_year": "2014",
        "source": "The Gazette",
        "confidence": "high",
    }
    response = client.post(address, sent | part)
    assert response.status_code == 422
    page = response.content.decode()
    assert problem in page
    assert "a trust began its work" in page
    assert CouncilFact.objects.count() == 0


def test_a_fact_is_ended_and_withdrawn_on_its_own_pages(client: Client) -> None:
    fact = users.council_fact()
    client.force_login(users.official())
    page = reverse("funding:council-fact", args=[fact.key])
    ended = {"ended_day": "2", "ended_month": "3", "ended_year": "2015"}
    client.post(f"{page}end", ended | {"source": "The last Gazette"})
    shown = client.get(page).content.decode()
    assert "From October 2014 until 2 March 2015" in shown
    assert "recorded when it ended" in shown
    assert client.get(f"{page}end").status_code == 409
    reason = {"because": "It was about another council."}
    client.post(f"{page}withdraw", reason)
    shown = client.get(page).content.decode()
    assert "It was about another council." in shown
    assert "withdrew this fact" in shown
    assert client.get(f"{page}withdraw").status_code == 409
    council = client.get(reverse("funding:council", args=[fact.council_id]))
    assert "Withdrawn facts" in council.content.decode()


def test_staff_are_led_to_it_and_the_public_reads_its_facts(client: Client) -> None:
    body = users.council_organisation()
    fact = users.council_fact(body.council)
    gone = users.council_fact(body.council, started=WrittenDate(2013))
    council_facts.withdraw(
        gone, because="A slip.", by=users.official(), at=moment_after(days=1)
    )
    address = reverse("funding:council", args=[fact.council_id])
    listed = client.get(reverse("accounts:councils")).content.decode()
    assert "Partner in Practice: named in an announcement. From October 2014" in listed
    assert "Source: The Gazette. Confidence: medium" in listed
    assert "From 2013" not in listed
    assert address not in listed
    client.force_login(users.official())
    case = cases.submitted_expression(lead=body)
    day = MOMENT.date().isoformat()
    for page, link in (
        (reverse("accounts:councils"), address),
        (reverse("accounts:organisation", args=[body.key]), address),
        (reverse("bids:case-answers", args=[case.key]), f"{address}?as_at={day}"),
    ):
        assert f'href="{link}"' in client.get(page).content.decode(), page
