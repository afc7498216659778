"""The front page: the sentence as at a date, and who gets links from its numbers."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from bids.models import IdeaType
from funding.domain import announcements
from innovation.audit import events
from innovation.audit.models import Chain
from innovation.core import clock
from tests.factories import cases, grants, users

pytestmark = pytest.mark.django_db


def record_tally(day: int, change: dict[str, object]) -> None:
    with transaction.atomic():
        events.record_on_chain(
            events.open_chain(Chain.Kind.CASE),
            "award.recorded",
            subject="AWD-TESTS-TESTS",
            by=events.SERVICE,
            at=datetime(2015, 2, day, 12, tzinfo=UTC),
            tally=change,
        )


def sentence(client: Client, day: str) -> str:
    page = client.get("/", {"as_at": day}).content.decode()
    match = re.search(r'<p class="govuk-body-l app-sentence">(.*?)</p>', page)
    assert match is not None
    return unescape(re.sub(r"<[^>]+>", "", match[1]))


def test_the_sentence_is_told_as_at_a_date(client: Client) -> None:
    record_tally(10, {"expressions": 1284, "bids_in_development": 68})
    record_tally(12, {"projects_funded": 1, "councils_redesigning": {"301": 1}})
    record_tally(
        20, {"projects_funded": 1, "councils_redesigning": {"301": 1, "302": 1}}
    )
    assert sentence(client, "2015-02-12") == (
        "1,284 expressions of interest, 68 being worked up for the Investment Board, "
        "1 project funded, 1 local authority redesigning its social work."
    )
    assert sentence(client, "2015-02-28") == (
        "1,284 expressions of interest, 68 being worked up for the Investment Board, "
        "2 projects funded, 2 local authorities redesigning their social work."
    )
    assert sentence(client, "2014-02-28").startswith("0 expressions of interest, 0 ")


def test_a_made_up_project_and_its_council_are_counted_as_such(
    client: Client, settings: Settings
) -> None:
    round = cases.round_(demonstration=False)
    IdeaType.objects.create(name="New practice models", redesigns_social_work=True)
    for made_up in (True, False):
        lead = users.organisation(demonstration=made_up, council=users.council())
        award = grants.active_award(cases.assessed_bid(lead=lead, round=round))
        manager, now = users.grant_manager(), clock.now()
        announcements.announce(award, on=clock.london_day(now), by=manager, at=now)
    today = clock.london_day(clock.now()).isoformat()
    settings.DEMONSTRATION = True
    assert sentence(client, today).endswith(
        "2 projects funded (1 made up for this demonstration), 2 local authorities "
        "redesigning their social work (1 made up for this demonstration)."
    )
    client.force_login(users.analyst())
    for figure in ("projects", "councils"):
        page = client.get(f"/figures/{figure}/").content.decode()
        assert page.count("Made up</strong>") == 1, figure


def test_a_submitted_expression_counts_from_its_day(client: Client) -> None:
    cases.submitted_expression()
    assert sentence(client, "2014-11-11").startswith("0 expressions")
    assert sentence(client, "2014-11-12").startswith("1 expression of interest, ")


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"as_at": "2015-02-30"}, "The date must be a real date"),
        ({"as_at": "yesterday"}, "The date must include a month and year"),
        ({"as_at": "9999-01-01"}, "The year must be between 1900 and 2200"),
        ({"as_at": "2150-01-01"}, "The date must be today or in the past"),
        ({"as_at": ""}, "Enter a date"),
        ({"as_at": ["2015-02-28", "2016-02-28"]}, "there is more than one"),
        ({"as_at_day": "31", "as_at_month": "2", "as_at_year": "2015"}, "a real date"),
        (
            {"as_at_day": ["28", "1"], "as_at_month": "2", "as_at_year": "2015"},
            "there is more than one",
        ),
    ],
)
def test_a_date_that_cannot_be_read_is_said_so(
    client: Client, params: dict[str, str | list[str]], message: str
) -> None:
    answer = client.get("/", params)
    assert answer.status_code == 422
    assert message in unescape(answer.content.decode())


@pytest.mark.parametrize("text", ["2015-2-28", "28/02/2015", "28 February 2015"])
def test_the_date_is_read_as_people_write_it(client: Client, text: str) -> None:
    page = client.get("/", {"as_at": text})
    assert "How the programme stood on 28 February 2015" in page.content.decode()


def test_the_date_is_also_read_from_the_form(client: Client) -> None:
    params = {"as_at_day": "28", "as_at_month": "2", "as_at_year": "2015"}
    page = client.get("/", params)
    assert page.status_code == 200
    assert "How the programme stood on 28 February 2015" in page.content.decode()


def hrefs(client: Client) -> list[str]:
    page = client.get("/", {"as_at": "2015-02-28"}).content.decode()
    return re.findall(r'href="([^"]*as_at=[^"]*)"', page)


def test_an_official_gets_a_link_from_each_number(client: Client) -> None:
    client.force_login(users.official())
    assert [unescape(href) for href in hrefs(client)] == [
        "/cases/?counted=expressions&as_at=2015-02-28",
        "/cases/?counted=bids_in_development&as_at=2015-02-28",
        "/figures/projects/?as_at=2015-02-28",
        "/figures/councils/?as_at=2015-02-28",
    ]


def test_the_ministers_office_is_not_led_to_cases_it_may_not_read(
    client: Client,
) -> None:
    client.force_login(users.minister())
    assert hrefs(client) == [
        "/figures/projects/?as_at=2015-02-28",
        "/figures/councils/?as_at=2015-02-28",
    ]


def test_everybody_gets_the_lists_of_what_is_public(client: Client) -> None:
    lists = [
        "/figures/projects/?as_at=2015-02-28",
        "/figures/councils/?as_at=2015-02-28",
    ]
    assert hrefs(client) == lists
    client.force_login(users.applicant())
    assert hrefs(client) == lists
    for address in lists:
        assert client.get(address).status_code == 200


def start_link(client: Client) -> str:
    page = client.get("/").content.decode()
    match = re.search(r'<a href="([^"]*)" role="button"[^>]*>Start now<', page)
    return unescape(match[1]) if match else ""


def test_start_now_leads_to_where_the_reader_can_start(client: Client) -> None:
    assert start_link(client) == ""
    round = cases.round_(closes_at=None)
    assert start_link(client) == f"/rounds/{round.key}/check"
    cases.round_(closes_at=None)
    assert start_link(client) == "/who-can-apply"
    client.force_login(users.applicant())
    assert start_link(client) == "/apply/start"
    client.force_login(users.official())
    assert start_link(client) == ""


def test_the_departments_count_stands_beside_ours_with_its_basis(
    client: Client,
) -> None:
    IdeaType.objects.create(name="Whole system change", redesigns_social_work=True)
    page = unescape(client.get("/").content.decode())
    assert "45 of 152 councils were awarded £59.4 million" in page
    page = unescape(client.get("/figures/").content.decode())
    assert "CSDSD61/2014" in page
    assert "<li>Whole system change</li>" in page
    assert "0 named, of which 0 redesign their social work" in page


def test_only_published_rounds_that_are_open_are_shown(client: Client) -> None:
    cases.round_(name="Open now", closes_at=None)
    cases.round_(name="Not published", closes_at=None, published=False)
    cases.round_(name="Over")
    page = client.get("/").content.decode()
    assert "Open now" in page
    assert "Not published" not in page
    assert "Over" not in page


def test_the_front_page_asks_the_database_the_same_however_much_there_is(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for expected in (1, 3):
        while Chain.objects.filter(kind="round").count() < expected:
            cases.round_(closes_at=None)
            cases.submitted_expression()
        with django_assert_num_queries(5):
            assert client.get("/").status_code == 200
