"""A neighbouring programme’s cases are in no figure, list or answer of the API unless
they are asked for.
"""

import csv
import io
from typing import Any

import pytest
from django.test import Client

from bids.domain import bids, programmes
from bids.models import Expression, IdeaType, Round
from funding.domain import announcements
from funding.models import Award
from innovation.accounts.models import User
from innovation.audit import figures
from innovation.core import clock
from innovation.core.errors import Invalid
from innovation.registers.definitions import PROGRAMMES
from innovation.registers.models import Programme
from innovation.reporting.report_types.cases import AllCases, Cases
from tests.api.api_client import ApiClient
from tests.dates import MOMENT
from tests.factories import cases, grants, registers, users

pytestmark = pytest.mark.django_db
TODAY = grants.MEETING_AT.date()


@pytest.fixture
def neighbour() -> Programme:
    registers.main_programme()
    row = registers.row(PROGRAMMES, name="Teaching partnerships", co_funder="Health")
    assert isinstance(row, Programme)
    return row


@pytest.fixture
def their_round(neighbour: Programme) -> Round:
    return cases.round_(programme=neighbour, name="Their round")


def announced_award(round: Round) -> Award:
    award = grants.active_award(cases.assessed_bid(round=round))
    IdeaType.objects.update(redesigns_social_work=True)
    return announcements.announce(
        Award.objects.get(pk=award.pk),
        on=TODAY,
        by=users.grant_manager(),
        at=grants.MEETING_AT,
    )


def listed(user: User, address: str, **params: str) -> set[str]:
    client = Client()
    client.force_login(user)
    rows = client.get(address, params).context["rows"]
    return {row["key"] if isinstance(row, dict) else row.key for row in rows}


def in_file(user: User, address: str, **params: str) -> set[str]:
    client = Client()
    client.force_login(user)
    answer: Any = client.get(address, params)
    assert answer.status_code == 200
    content = answer.getvalue().decode("utf-8-sig")
    return {row["Reference"] for row in csv.DictReader(io.StringIO(content))}


@pytest.fixture
def pair(their_round: Round) -> tuple[Expression, Expression]:
    """Our case and theirs."""
    ours = cases.submitted_expression(round=cases.round_(name="Our round"))
    return ours, cases.submitted_expression(round=their_round)


def test_cases_of_a_neighbour_are_listed_only_when_they_are_asked_for(
    pair: tuple[Expression, Expression], neighbour: Programme, their_round: Round
) -> None:
    ours, theirs = ({case.key} for case in pair)
    official, analyst = users.official(), users.analyst()
    api = ApiClient(analyst)
    for params, expected in (
        ({}, ours),
        ({"programme": neighbour.key}, theirs),
        ({"programme": programmes.ALL}, ours | theirs),
        ({"round": their_round.key}, theirs),
        ({"round": their_round.key, "programme": programmes.ALL}, theirs),
        ({"round": pair[0].round.key, "programme": neighbour.key}, set()),
    ):
        assert listed(official, "/cases/", **params) == expected, params
        rows = Cases().rows(official, params, clock.now())
        assert {row[0] for row in rows} == expected, params
        assert set(api.keys("expressions/", **params)) == expected, params
    assert set(api.keys("expressions/", programme=neighbour.key.lower())) == theirs
    assert {row[0] for row in AllCases().rows(analyst, {}, clock.now())} == ours


def test_bids_and_rounds_of_a_neighbour_are_in_the_api_only_when_asked_for(
    neighbour: Programme, their_round: Round
) -> None:
    ours = cases.bid_in_development()
    theirs = cases.bid_in_development(round=their_round)
    api = ApiClient(users.analyst())
    for resource, own, other in (
        ("bids", ours.key, theirs.key),
        ("rounds", ours.round.key, their_round.key),
    ):
        address = f"{resource}/"
        assert api.keys(address) == [own]
        assert api.keys(address, programme=neighbour.key) == [other]
        assert set(api.keys(address, programme="all")) == {own, other}


def test_a_programme_that_there_is_not_is_refused_in_a_sentence(
    client: Client, neighbour: Programme
) -> None:
    client.force_login(users.official())
    answer = client.get("/cases/", {"programme": "PRG-00000-00000"})
    assert answer.status_code == 422
    assert "Select a programme from the list" in answer.content.decode()
    problem = ApiClient(users.analyst()).get(
        "expressions/", programme="PRG-00000-00000"
    )
    assert problem.status_code == 422
    assert "There is no programme “PRG-00000-00000”" in problem.content.decode()
    with pytest.raises(Invalid, match="There is no programme"):
        programmes.find("PRG-00000-00000")
    assert client.get("/rounds/", {"programme": "nonsense"}).status_code == 404


def test_the_figures_count_the_main_programme_alone(
    their_round: Round, neighbour: Programme
) -> None:
    award = announced_award(their_round)
    cases.bid_in_development(round=their_round)
    withdrawn = cases.bid_in_development(round=their_round)
    bids.withdraw(withdrawn, by=cases.editor_of(withdrawn.lead), at=MOMENT)
    today = clock.london_day(clock.now())
    counted = figures.as_at(max(today, TODAY))
    theirs = {name: number for name, number in counted.items() if "/" in name}
    assert {counted.get(name, 0) for name in ("expressions", "projects_funded")} == {0}
    assert counted.get("bids_in_development", 0) == 0
    assert theirs == {
        f"{neighbour.key}/expressions": 3,
        f"{neighbour.key}/bids_in_development": 1,
        f"{neighbour.key}/projects_funded": 1,
        f"{neighbour.key}/councils_redesigning": award.councils.count(),
    }


def test_an_announced_award_of_a_neighbour_is_public_but_not_among_our_projects(
    client: Client, their_round: Round, neighbour: Programme
) -> None:
    theirs = announced_award(their_round)
    ours = announced_award(cases.round_())
    everybody = users.applicant()
    assert client.get(f"/projects/{theirs.key}/").status_code == 200
    for address, read in (("/projects/", listed), ("/projects.csv", in_file)):
        assert read(everybody, address) == {ours.key}
        assert read(everybody, address, programme=neighbour.key) == {theirs.key}
        assert read(everybody, address, round=their_round.key) == {theirs.key}
        assert read(everybody, address, programme="all") == {ours.key, theirs.key}
    api = ApiClient(users.analyst())
    assert api.keys("awards/") == [ours.key]
    assert api.keys("awards/", programme=neighbour.key) == [theirs.key]
    feed = client.get("/announcements.atom").content.decode()
    assert ours.key in feed
    assert theirs.key not in feed
    page = client.get("/projects/").content.decode()
    assert f'<option value="{neighbour.key}">Teaching partnerships (1)' in page


def test_the_filter_is_offered_only_where_there_is_a_neighbour(client: Client) -> None:
    announced_award(cases.round_())
    client.force_login(users.official())
    for address in ("/projects/", "/cases/?more=1"):
        assert 'name="programme"' not in client.get(address).content.decode()
    registers.row(PROGRAMMES, name="Teaching partnerships")
    page = client.get("/cases/?more=1").content.decode()
    assert 'name="programme"' in page
    assert "Teaching partnerships" in page


def test_rounds_of_a_neighbour_are_on_a_page_of_their_own(
    client: Client, their_round: Round, neighbour: Programme
) -> None:
    ours = cases.round_(name="Our round")
    page = client.get("/rounds/").content.decode()
    assert ours.name in page
    assert their_round.name not in page
    assert f"/rounds/?programme={neighbour.key}" in page.replace(
        'href="?', 'href="/rounds/?'
    )
    theirs = client.get("/rounds/", {"programme": neighbour.key}).content.decode()
    assert their_round.name in theirs
    assert ours.name not in theirs
    assert "funded with Health" in theirs
    assert their_round.name not in client.get("/").content.decode()
    page = client.get(f"/rounds/{their_round.key}").content.decode()
    assert "Teaching partnerships" in page
    assert "Health" in page


def test_related_cases_are_of_the_same_programme(
    client: Client, their_round: Round
) -> None:
    lead = users.organisation("Shared lead")
    ours = cases.submitted_expression(round=cases.round_(), lead=lead)
    again = cases.submitted_expression(round=ours.round, lead=lead)
    theirs = cases.submitted_expression(round=their_round, lead=lead)
    client.force_login(users.official())
    page = client.get(f"/cases/{ours.key}/related").content.decode()
    assert again.key in page
    assert theirs.key not in page
    page = client.get(f"/cases/{theirs.key}/related").content.decode()
    assert ours.key not in page


def test_there_is_one_main_programme_and_names_are_used_once(client: Client) -> None:
    main = registers.main_programme()
    assert registers.main_programme() == main
    client.force_login(users.administrator())
    answer = client.post("/registers/programmes/add", {"name": main.name})
    assert answer.status_code == 422
    assert "There is already a programme of this name" in answer.content.decode()
    assert Programme.objects.count() == 1
