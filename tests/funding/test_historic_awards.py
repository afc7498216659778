"""The programme's history says what its sources say, and nothing else."""

import csv
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from html import unescape
from io import StringIO
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from bids.domain import registers as registers
from bids.models import IdeaType
from funding.domain import historic_awards as history
from funding.models import Award, EvaluationReport, MoneyLine
from funding.models.award import HAS_ANNOUNCEMENT_DAY
from innovation.audit import figures
from innovation.audit.models import Event
from innovation.audit.verification import first_fault
from innovation.core.clock import london_day
from innovation.core.formatting import MONTHS
from innovation.core.money import Money
from innovation.organisations.domain import councils
from innovation.organisations.domain.data_files import read_rows
from innovation.organisations.models import (
    Council,
    CouncilCode,
    Identifier,
    ReferenceData,
)
from tests.api.api_client import token_for
from tests.audit_events import recorded_changes
from tests.database_guards import check_deferred_constraints
from tests.factories import users
from tests.funding.case_corrections import ask, confirm, imported
from tests.funding.historic_cases import apply_import
from tests.funding.sheets import AWARD
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
        check_deferred_constraints()
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
    undated = Award.objects.filter(
        idea_type__in=flagged, announced_on__lte=END_OF_FEBRUARY
    )
    assert undated.count() == 8
    areas = Award.objects.filter(idea_type__in=flagged).values_list("focus_area")
    assert set(areas) == {("Rethinking children's social work",), ("",)}


def test_an_award_is_stored_as_published() -> None:
    for row in read_rows(Path(history.AWARDS)):
        award = Award.objects.get(
            title=row["project"], round__name__startswith=f"Round {row['round']}"
        )
        assert award.lead_as_published == row["lead_organisation"]
        assert award.idea_as_published == row["idea_type"]
        areas = history.FOCUS_AREAS[row["round"]]
        assert award.focus_area == (
            row["focus_area"] if row["focus_area"] in areas else ""
        )
        assert award.date_kind == row["date_kind"]
        assert award.source == row["source"]
        assert award.confidence == row["confidence"]
        assert award.notes.startswith(row["notes"])
        is_day = (row["date_kind"], len(row["date"])) == ("announced", 10)
        assert award.announcement_day == (award.dated_on if is_day else None)
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
    reports = EvaluationReport.objects.exclude(award=None)
    assert reports.count() == 13
    pilots = EvaluationReport.objects.get(title__contains="Signs of Safety")
    assert pilots.award is None


def test_reports_are_put_right_when_the_files_change(at: datetime) -> None:
    with recorded_changes():
        EvaluationReport.objects.update(source="a_file_of_ours.csv")
    ReferenceData.objects.filter(name="history").update(digest="another")
    assert history.load(at=at)
    sources = set(EvaluationReport.objects.values_list("source", flat=True))
    assert sources == {row["stored_at"] for row in read_rows(Path(history.REPORTS))}
    assert first_fault() is None


def facts_in_file(row: dict[str, str]) -> dict[str, object]:
    """The facts of a row of the file, as the API gives them."""
    last_day, precision = history.period_end(row["date"])
    is_day = (row["date_kind"], precision) == ("announced", "day")
    codes = CouncilCode.objects.filter(
        gss_code__in=row["gss_codes_2014_2016"].split(";")
    )
    has_amount = bool(row["amount_gbp"])
    area = row["focus_area"]
    return {
        "title": row["project"],
        "lead_as_published": row["lead_organisation"],
        "councils": set(codes.values_list("council", flat=True)),
        "focus_area": area if area in history.FOCUS_AREAS[row["round"]] else "",
        "idea_as_published": row["idea_type"],
        "amount": f"{row['amount_gbp']}.00" if has_amount else None,
        "amount_precision": row["amount_qualifier"] if has_amount else "",
        "dated_on": last_day.isoformat(),
        "date_precision": precision,
        "date_kind": row["date_kind"],
        "announced_on": row["date"] if is_day else None,
        "source": row["source"],
        "confidence": row["confidence"],
    }


def facts_in_csv(row: dict[str, str]) -> dict[str, object]:
    return {
        "title": row["Title"],
        "lead_as_published": row["Lead organisation"],
        "councils": set(filter(None, row["Council numbers"].split("; "))),
        "focus_area": row["Focus area"],
        "idea_as_published": row["Type of idea as published"],
        "amount": row["Amount in pounds"] or None,
        "amount_precision": row["Precision of the amount"],
        "dated_on": row["Date"],
        "date_precision": row["Precision of the date"],
        "date_kind": row["Kind of date"],
        "announced_on": row["Announced"] or None,
        "source": row["Source"],
        "confidence": row["How sure the source is"],
    }


def test_page_api_and_csv_say_what_the_file_says_and_no_more(client: Client) -> None:
    """Each of the 57 awards, in each of its facts."""
    token = token_for(users.analyst())
    headers = {"authorization": f"Bearer {token}"}
    rows = read_rows(Path(history.AWARDS))
    text = client.get("/projects.csv").getvalue().decode("utf-8-sig")
    exported = {row["Reference"]: row for row in csv.DictReader(StringIO(text))}
    for row in rows:
        expected = facts_in_file(row)
        award = Award.objects.get(
            title=row["project"], round__name__startswith=f"Round {row['round']}"
        )
        fields = client.get(f"/api/v1/awards/{award.key}/", headers=headers).json()
        councils = {council["dfe_number"] for council in fields["councils"]}
        assert {**{name: fields[name] for name in expected}, "councils": councils} == (
            expected
        )
        in_csv = exported.pop(award.key)
        assert facts_in_csv(in_csv) == expected
        assert fields["notes"] == in_csv["Notes"]
        assert fields["notes"].startswith(row["notes"])
        page = unescape(client.get(f"/projects/{award.key}/").content.decode())
        assert row["notes"] in page
        assert row["source"] in page
        assert row["confidence"].capitalize() in page
        assert date_in_words(row["date"]) in page
        assert ".csv" not in page
    days = [row for row in rows if "announced" in row["date_kind"]]
    assert (len(rows), len(days), exported) == (57, 35, {})


def test_csv_has_the_projects_that_the_list_shows(client: Client) -> None:
    page = client.get("/projects/?q=pause").content.decode()
    assert 'href="/projects.csv?q=pause"' in page
    answer = client.get("/projects.csv?q=pause")
    lines = answer.getvalue().decode("utf-8-sig").splitlines()
    assert answer["Content-Disposition"] == 'attachment; filename="funded-projects.csv"'
    assert [line.split(",")[1] for line in lines[1:]] == re.findall(
        r'<a class="govuk-link" href="/projects/AWD[^"]*">(.*?)</a>', page
    )
    for filters in ("round=nonsense", "stage=nonsense", "q=pause&q=other"):
        assert client.get(f"/projects.csv?{filters}").status_code == 422


def date_in_words(text: str) -> str:
    """`2015-02` as “February 2015”."""
    year, *month_and_day = map(int, text.split("-"))
    month = f"{MONTHS[month_and_day[0] - 1]} {year}" if month_and_day else str(year)
    return f"{month_and_day[1]} {month}" if len(month_and_day) == 2 else month


def test_list_of_the_department_shows_no_day_that_no_source_gives(
    client: Client,
) -> None:
    client.force_login(users.grant_manager())
    award = Award.objects.get(title="SafeCORE")
    for address in ("/awards/?q=SafeCORE", f"/awards/{award.key}/"):
        page = client.get(address).content.decode()
        assert "Funded 2017" in page
        assert "31 December 2017" not in page


def test_api_does_not_take_the_end_of_a_year_for_the_day_of_an_announcement(
    client: Client,
) -> None:
    headers = {"authorization": f"Bearer {token_for(users.analyst())}"}
    address = "/api/v1/awards/?announced_from=2017-12-31&announced_to=2017-12-31"
    assert client.get(address, headers=headers).json()["results"] == []


def test_condition_and_property_agree_on_who_has_an_announcement_day() -> None:
    with_day = set(Award.objects.filter(HAS_ANNOUNCEMENT_DAY))
    assert {award for award in Award.objects.all() if award.announcement_day} == (
        with_day
    )
    assert len(with_day) == 23


def release_another_award(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> dict[str, str]:
    """Add an award to the file. Return its row."""
    file = folder / "awards.csv"
    rows = read_rows(Path(history.AWARDS))
    row = rows[0] | {"project": "Found later"}
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows([*rows, row])
    monkeypatch.setattr(history, "AWARDS", file)
    return row


def test_awards_of_a_later_release_revise_the_figures(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, at: datetime
) -> None:
    assert figures.read(END_OF_FEBRUARY).revisions == []
    release_another_award(monkeypatch, tmp_path)
    assert history.load(at=at)
    assert Award.objects.get(title="Found later").revised_on == london_day(at)
    assert not Award.objects.exclude(title="Found later").exclude(revised_on=None)
    [revision] = figures.read(date(2017, 12, 31)).revisions
    assert revision == figures.Revision("projects_funded", london_day(at), 1)
    assert first_fault() is None


def test_a_release_records_an_award_whose_import_was_retracted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, at: datetime
) -> None:
    row, official = release_another_award(monkeypatch, tmp_path), users.official()
    sheet_row = {
        "Title": row["project"],
        "Round": row["round"],
        "Lead organisation": row["lead_organisation"],
        "Lead type": "Charity",
    }
    apply_import(official, AWARD | sheet_row)
    confirm(ask(imported("award"), official))
    assert history.load(at=at)
    states = Award.objects.filter(title="Found later").order_by("pk")
    assert [award.state for award in states] == ["retracted", "recorded"]
    assert figures.as_at(date(2017, 12, 31))["projects_funded"] == 58
    assert first_fault() is None
