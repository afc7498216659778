"""What corrections and retractions of imported cases change of the figures."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from bids.domain import expressions
from bids.domain.queries import cases as case_queries
from bids.models import Expression
from funding.domain import corrections
from funding.domain.queries import awards as award_queries
from funding.models import Award, ImportedCase, MoneyLine
from innovation.accounts.models import User
from innovation.audit import figures
from innovation.audit.verification import first_fault
from innovation.core import clock
from innovation.core.errors import Invalid, TooLate
from innovation.reporting.report_types.cases import Cases
from tests.api.api_client import ApiClient
from tests.drives import drive
from tests.factories import users
from tests.funding.case_corrections import (
    AT,
    AWARD_DAY,
    SENT_ON,
    TODAY,
    ask,
    confirm,
    imported,
)
from tests.funding.historic_cases import (
    apply_and_confirm,
    apply_import,
    receive_import,
)
from tests.funding.page_requests import client_for, page_url
from tests.funding.sheets import AWARD, EOI

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_names")]


def revisions(day: date) -> dict[str, int]:
    return {
        row.figure: row.change
        for row in figures.read(day).revisions
        if row.revised_on == TODAY
    }


@pytest.fixture
def expression(official: User) -> ImportedCase:
    apply_import(official, EOI)
    return imported("expression")


def test_councils_are_found_by_every_name_and_counted(
    award: ImportedCase, official: User
) -> None:
    confirm(ask(award, official, "councils", "Leeds; York; 846"))
    names = {council.name for council in Award.objects.get().councils.all()}
    assert names == {"Leeds", "York", "Brighton and Hove"}
    assert figures.as_at(AWARD_DAY) == {"projects_funded": 1, "councils_redesigning": 3}
    assert revisions(AWARD_DAY) == {"councils_redesigning": 1}
    assert figures.members("councils_redesigning", TODAY) == ["383", "816", "846"]
    assert first_fault() is None


def test_a_retracted_award_stops_counting_and_is_no_longer_public(
    award: ImportedCase, official: User, client: Client
) -> None:
    key = award.subject
    assert client.get(f"/projects/{key}/").status_code == 200
    confirm(ask(award, official))
    stored = Award.objects.get()
    assert (stored.state, stored.announced_on) == ("retracted", None)
    assert figures.as_at(TODAY) == {"projects_funded": 0, "councils_redesigning": 0}
    assert figures.as_at(AWARD_DAY) == {"projects_funded": 0, "councils_redesigning": 0}
    assert revisions(AWARD_DAY) == {"projects_funded": -1, "councils_redesigning": -2}
    assert sum(line.amount.pence for line in MoneyLine.objects.all()) == 0
    assert client.get(f"/projects/{key}/").status_code == 404
    assert ApiClient(users.outsider()).get(f"awards/{key}/").status_code == 404
    page = client_for(official).get(page_url("award", stored)).content.decode()
    assert "Retracted" in page
    page = client.get("/", {"as_at": "2015-02-28"}).content.decode()
    assert "1 fewer project funded, 2 fewer local authorities" in page
    with pytest.raises(TooLate):
        ask(award, official)
    assert first_fault() is None


def test_a_retracted_expression_stops_counting_and_stays_in_the_list(
    expression: ImportedCase, official: User
) -> None:
    confirm(ask(expression, official))
    stored = Expression.objects.select_related("chain").get()
    assert (stored.state, stored.chain.stage) == (
        "retracted",
        "expression.retracted",
    )
    assert figures.as_at(SENT_ON) == {"expressions": 0}
    assert revisions(SENT_ON) == {"expressions": -1}
    counted = {"counted": "expressions", "as_at": SENT_ON.isoformat()}
    assert case_queries.search_cases(official, counted).number == 0
    [listed] = case_queries.search_cases(
        official, {"stage": "expression.retracted"}
    ).rows
    assert listed == stored
    with pytest.raises(TooLate):
        expressions.take_forward(stored, by=official, at=AT)
    assert first_fault() is None


def test_an_expression_is_corrected(expression: ImportedCase, official: User) -> None:
    for column, value in (
        ("title", "Peer mentoring"),
        ("date", "1 May 2014"),
        ("councils", "Leeds; Hull"),
        ("notes", "As in the letter."),
    ):
        confirm(ask(expression, official, column, value))
    stored = Expression.objects.get()
    end = clock.end_of_day(date(2014, 5, 1))
    assert (stored.title, stored.summary, stored.submitted_at, stored.started_at) == (
        "Peer mentoring",
        "As in the letter.",
        end,
        end,
    )
    assert set(stored.councils.values_list("pk", flat=True)) == {"810", "383"}
    assert figures.as_at(date(2014, 5, 1)) == {"expressions": 1}
    assert revisions(date(2014, 5, 1)) == {"expressions": 1}
    # From the day it was imported with, the figure is as before.
    assert revisions(SENT_ON) == {}
    filters = {"counted": "expressions", "as_at": "2014-05-02"}
    assert [*case_queries.search_cases(official, filters).rows] == [stored]
    [row] = Cases().rows(official, filters, AT)
    cells = dict(zip(Cases.columns, row, strict=True))
    assert (cells["Stage"], cells["Sent"], cells["Last moved"]) == (
        "To be read",
        date(2014, 5, 1),
        date(2014, 5, 1),
    )
    assert first_fault() is None


def test_figures_that_moved_are_shown_again(
    award: ImportedCase, official: User
) -> None:
    correction = ask(award, official)
    effect_digest = corrections.preview(correction, at=AT).digest
    apply_and_confirm(
        receive_import(official, {**AWARD, "ID": "B", "Title": "B"}), official
    )
    with pytest.raises(Invalid, match="have moved since"):
        corrections.confirm(
            correction, effect_digest=effect_digest, by=users.official(), at=AT
        )
    assert Award.objects.get(key=award.subject).state == "recorded"
    confirm(correction)
    assert figures.as_at(AWARD_DAY)["projects_funded"] == 1


_STEPS = st.lists(
    st.tuples(
        st.integers(min_value=0, max_value=2),
        st.sampled_from(["date", "councils", "idea type", "retract"]),
        st.integers(min_value=0, max_value=7),
    ),
    min_size=1,
    max_size=5,
)


@drive(5, all=15)
@given(_STEPS)
def test_after_corrections_the_figures_are_those_of_a_recount(
    steps: list[tuple[int, str, int]],
) -> None:
    days = [date(2015, 2, 27) + timedelta(days=number) for number in range(10)]
    with transaction.atomic():
        official = users.official()
        rows = [
            AWARD | {"ID": f"A{number}", "Title": f"No {number}"} for number in (0, 1)
        ]
        apply_import(official, *rows, EOI | {"Date": "28/02/2015"})
        for number, column, choice in steps:
            case = ImportedCase.objects.order_by("pk")[number]
            before = {day: figures.as_at(day) for day in days}
            try:
                correction = ask(case, official, *_value(column, choice))
            except (Invalid, TooLate):
                continue
            effect = corrections.preview(correction, at=AT)
            confirm(correction)
            for day in days:
                expected = Counter(before[day])
                changes = {
                    step.figure: step.change
                    for step in effect.comparison.steps
                    if step.day <= day
                }
                expected.update(changes)
                found = Counter(figures.as_at(day))
                assert +expected == +found == _recount(day)
                counted = award_queries.awards_in_figure(
                    Award.objects.all(), "projects_funded", clock.end_of_day(day)
                )
                assert counted.count() == found["projects_funded"]
        transaction.set_rollback(True)


def _value(column: str, choice: int) -> tuple[str, str]:
    day = AWARD_DAY + timedelta(days=choice)
    councils = ["Hull", "Leeds", "Hull; York", "", "Kent", "York; Leeds", "Hull", ""]
    ideas = ["whole system change", "", "something new"]
    return {
        "retract": ("", ""),
        "date": ("date", f"{day:%d/%m/%Y}"),
        "councils": ("councils", councils[choice]),
        "idea type": ("idea type", ideas[choice % len(ideas)]),
    }[column]


def _recount(day: date) -> Counter[str]:
    """The figures from the cases and not from the tallies."""
    awards = Award.objects.filter(dated_on__lte=day, state="recorded")
    redesigning = awards.filter(idea_type__redesigns_social_work=True)
    sent = Expression.objects.filter(submitted_at__lte=clock.end_of_day(day))
    return +Counter(
        {
            "expressions": sent.exclude(state="retracted").count(),
            "projects_funded": awards.count(),
            "councils_redesigning": redesigning.filter(councils__isnull=False)
            .values("councils")
            .distinct()
            .count(),
        }
    )
