"""The programme's history says what its sources say, and nothing else."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from bids.domain import registers as registers
from bids.models import IdeaType
from funding.domain import historic_awards as history
from funding.models import Award, EvaluationReport, MoneyLine
from innovation.audit import figures
from innovation.audit.models import Event
from innovation.audit.verification import first_fault
from innovation.core.money import Money
from innovation.organisations.domain import councils
from innovation.organisations.domain.data_files import read_rows
from innovation.organisations.models import Council, Identifier
from tests.module_data import module_transaction

pytestmark = pytest.mark.django_db

END_OF_FEBRUARY = date(2015, 2, 28)
REDESIGNING = {
    "Brent", "Bristol, City of", "Buckinghamshire", "Derbyshire",
    "Hammersmith and Fulham", "Harrow", "Hertfordshire", "Islington",
    "Kensington and Chelsea", "Kingston upon Hull, City of", "Leeds", "Leicestershire",
    "Lincolnshire", "Newcastle upon Tyne", "Norfolk", "Southwark", "Stockport",
    "Suffolk", "Tower Hamlets", "Wakefield", "West Sussex", "Westminster", "Wokingham",
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _reference_data(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    at = datetime(2015, 2, 28, 12, 0, tzinfo=UTC)
    with module_transaction(django_db_blocker):
        for loader in (councils, registers, history):
            loader.load(at=at)
        yield


def test_every_published_award_is_recorded_with_one_event() -> None:
    assert Award.objects.filter(state="recorded").count() == 57
    assert Event.objects.filter(name="award.recorded").count() == 57
    assert EvaluationReport.objects.count() == 17
    assert first_fault() is None


def test_loading_again_changes_nothing(at: datetime) -> None:
    before = Event.objects.count()
    assert history.load(at=at) is False
    assert Event.objects.count() == before


def test_the_ministers_figures_come_out_of_the_awards_alone() -> None:
    assert figures.as_at(END_OF_FEBRUARY) == {
        "projects_funded": 19,
        "councils_redesigning": 23,
    }
    numbers = figures.members("councils_redesigning", END_OF_FEBRUARY)
    names = Council.objects.filter(pk__in=numbers).values_list("name", flat=True)
    assert set(names) == REDESIGNING


@pytest.mark.parametrize(
    ("day", "projects", "redesigning"),
    [
        (date(2014, 10, 30), 0, 0),
        (date(2014, 10, 31), 4, 18),
        (date(2014, 12, 31), 12, 22),
        (date(2015, 2, 27), 16, 23),
        (date(2015, 3, 3), 20, 25),
        (date(2015, 12, 31), 33, 27),
        (date(2017, 12, 31), 57, 28),
    ],
)
def test_other_dates_give_other_figures(
    day: date, projects: int, redesigning: int
) -> None:
    counts = figures.as_at(day)
    assert counts.get("projects_funded", 0) == projects
    assert counts.get("councils_redesigning", 0) == redesigning


def test_exactly_four_idea_types_redesign_social_work() -> None:
    flagged = IdeaType.objects.filter(redesigns_social_work=True)
    assert list(flagged.values_list("name", flat=True)) == [
        "Integrated teams",
        "New models of social work practice",
        "Specialist units",
        "Whole system change",
    ]
    early = Award.objects.filter(
        idea_type__in=flagged, announced_on__lte=END_OF_FEBRUARY
    )
    assert early.count() == 8
    areas = Award.objects.filter(idea_type__in=flagged).values_list("focus_area")
    assert set(areas) == {("Rethinking children's social work",)}


def test_an_award_is_stored_as_published() -> None:
    for row in read_rows(Path(history.AWARDS)):
        award = Award.objects.get(
            title=row["project"], round__name__startswith=f"Round {row['round']}"
        )
        assert award.lead_as_published == row["lead_organisation"]
        assert award.idea_as_published == row["idea_type"]
        assert award.focus_area == row["focus_area"]
        assert award.date_kind == row["date_kind"]
        assert award.source == row["source"]
        assert award.confidence == row["confidence"]
        assert award.notes.startswith(row["notes"])
        assert award.announced_on == award.dated_on
        assert award.councils.count() == len(row["gss_codes_2014_2016"].split(";")) * (
            row["gss_codes_2014_2016"] != ""
        )
        if row["amount_gbp"]:
            assert award.amount == Money.pounds(int(row["amount_gbp"]))
            assert award.amount_precision == row["amount_qualifier"]
        else:
            assert (award.amount, award.amount_precision) == (None, "")
            assert award.amount_note != ""


def test_an_amount_of_the_history_is_in_the_ledger_with_its_precision() -> None:
    assert MoneyLine.objects.count() == 44
    line = MoneyLine.objects.get(
        award__title="Brighter Futures (Ealing Intensive Engagement Model)"
    )
    assert (line.amount, line.precision) == (Money.pounds(3_500_000), "up to")


@pytest.mark.parametrize(
    ("title", "dated_on", "precision"),
    [
        ("Family Valued", date(2015, 2, 5), "day"),
        ("Extended HOPE", date(2015, 2, 28), "month"),
        ("Firstline", date(2015, 12, 31), "year"),
    ],
)
def test_a_partial_date_counts_from_its_last_day(
    title: str, dated_on: date, precision: str
) -> None:
    award = Award.objects.get(title=title)
    assert (award.dated_on, award.date_precision) == (dated_on, precision)


def test_a_lead_the_source_does_not_state_stays_empty() -> None:
    award = Award.objects.get(title="FGM early intervention (pan-London)")
    assert award.lead is None
    assert award.lead_as_published == "lead not stated in the source"


def test_a_joint_lead_is_stored_as_a_lead_and_partners() -> None:
    award = Award.objects.get(title="Focus on Practice")
    assert award.lead is not None
    assert award.lead.name == "City of Westminster"
    assert sorted(str(partner) for partner in award.partners.all()) == [
        "London Borough of Hammersmith & Fulham",
        "Royal Borough of Kensington and Chelsea",
    ]


def test_leads_that_are_not_councils_have_no_invented_numbers() -> None:
    assert set(Identifier.objects.values_list("scheme", flat=True)) == {"GB-LAE"}


def test_reports_have_an_award_only_if_the_title_is_certain() -> None:
    tied = EvaluationReport.objects.exclude(award=None)
    assert tied.count() == 13
    pilots = EvaluationReport.objects.get(title__contains="Signs of Safety")
    assert pilots.award is None
