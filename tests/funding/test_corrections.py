"""Imported cases are corrected or retracted by two people; the figures say so."""

import csv
import io
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from bids.domain import expressions
from bids.models import Expression
from funding.domain import corrections, evaluations
from funding.models import Award, Correction, ImportedCase, MoneyLine
from innovation.accounts.models import User
from innovation.audit import figures
from innovation.audit.verification import first_fault
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.core.money import Money
from innovation.notifications.models import Letter
from innovation.notifications.rendering import render_letter
from innovation.organisations.models import Council
from tests.api.api_client import ApiClient
from tests.factories import users
from tests.funding.case_corrections import (
    AT,
    AWARD_DAY,
    TODAY,
    ask,
    confirm,
    imported,
)
from tests.funding.historic_cases import apply_import, receive_import
from tests.funding.page_requests import client_for, page_url
from tests.funding.sheets import AWARD, EOI
from tests.narrowing import not_none

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_names")]


@pytest.fixture
def expression(official: User) -> ImportedCase:
    apply_import(official, EOI)
    return imported("expression")


def test_nothing_changes_until_somebody_else_confirms(
    award: ImportedCase, official: User
) -> None:
    correction = ask(award, official, "amount", "about £2m")
    assert Award.objects.get().amount == Money(123_450)
    with pytest.raises(NotAllowed, match="somebody else must confirm"):
        confirm(correction, by=official)
    done = confirm(correction)
    stored = Award.objects.get()
    assert (stored.amount, stored.amount_precision) == (
        Money.pounds(2_000_000),
        "about",
    )
    assert (done.before, done.after) == (
        "£1,234.50 (not stated if exact)",
        "about £2 million",
    )
    assert sum(line.amount.pence for line in MoneyLine.objects.all()) == 200_000_000
    [letter] = Letter.objects.filter(kind="correction_answered")
    assert letter.recipient == official
    assert "confirmed" in render_letter(letter)[0]
    assert first_fault() is None


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("title", "Family  hubs in Hull", {"title": "Family hubs in Hull"}),
        (
            "date",
            "March 2014",
            {
                "dated_on": date(2014, 3, 31),
                "date_precision": "month",
                "announced_on": date(2014, 3, 31),
            },
        ),
        ("amount", "", {"amount": None, "amount_precision": ""}),
        ("idea type", "a new thing", {"idea_as_published": "a new thing"}),
        ("source", "A letter", {"source": "A letter"}),
        ("notes", "Two\nlines", {"notes": "Two\nlines"}),
    ],
)
def test_each_column_of_an_award_is_read_as_in_a_sheet(
    award: ImportedCase,
    official: User,
    column: str,
    value: str,
    expected: Mapping[str, object],
) -> None:
    confirm(ask(award, official, column, value))
    stored = Award.objects.get()
    assert {name: getattr(stored, name) for name in expected} == expected
    assert stored.revised_on == TODAY
    assert first_fault() is None


def test_councils_can_be_written_one_in_each_line(
    award: ImportedCase, official: User
) -> None:
    correction = ask(award, official, "councils", "Leeds\r\nBristol City Council\n")
    assert correction.after == "Bristol, City of; Leeds"


@pytest.mark.parametrize(
    ("column", "value", "sentence"),
    [
        ("date", "soon", "Write the date like"),
        ("date", "1 Jan 2031", "Write a date in the past"),
        ("amount", "-5", "Write an amount above £0"),
        ("councils", "Atlantis", "Atlantis"),
        ("title", "", "Fill in the title"),
        ("title", "Family hubs", "already says"),
        ("source", "", "Fill in the source"),
        ("round", "7", "is not a round of the programme"),
        ("outcome", "declined", "Select what is wrong"),
    ],
)
def test_a_value_that_cannot_be_read_is_refused(
    award: ImportedCase, official: User, column: str, value: str, sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence):
        ask(award, official, column, value)
    assert Correction.objects.count() == 0


def test_a_reason_is_needed(award: ImportedCase, official: User) -> None:
    with pytest.raises(Invalid, match="Enter the reason"):
        corrections.retract(award, reason=" ", by=official, at=AT)


def test_a_date_is_not_after_the_outcome(official: User) -> None:
    decided = {"Outcome": "declined", "Outcome date": "1 Sept 2014"}
    apply_import(official, EOI | decided)
    with pytest.raises(Invalid, match="not after its outcome"):
        ask(imported("expression"), official, "date", "2 Sept 2014")


def test_a_correction_is_refused_with_a_reason(
    award: ImportedCase, official: User
) -> None:
    correction, second = ask(award, official), users.official()
    with pytest.raises(Invalid, match="Enter why"):
        corrections.refuse(correction, reason="", by=second, at=AT)
    refused = corrections.refuse(correction, reason="It is ours.", by=second, at=AT)
    assert (refused.state, Award.objects.get().state) == ("refused", "recorded")
    [letter] = Letter.objects.filter(kind="correction_answered")
    assert "It is ours." in render_letter(letter)[1]
    for act in (
        partial(corrections.refuse, refused, reason="No.", by=second, at=AT),
        partial(confirm, refused),
    ):
        with pytest.raises(TooLate):
            act()
    assert confirm(ask(award, official)).state == "done"


def test_whoever_asked_can_take_it_back(award: ImportedCase, official: User) -> None:
    correction = ask(award, official)
    corrections.refuse(correction, reason="A slip.", by=official, at=AT)
    assert not Letter.objects.filter(kind="correction_answered").exists()
    assert Award.objects.get().state == "recorded"


def test_one_correction_of_a_case_waits_at_a_time(
    award: ImportedCase, official: User
) -> None:
    ask(award, official, "title", "Other")
    with pytest.raises(TooLate, match="already asked"):
        ask(award, users.official())


@pytest.mark.parametrize("who", ["outsider", "coach", "finance", "analyst"])
def test_nobody_without_the_permission_asks_confirms_or_refuses(
    award: ImportedCase, official: User, who: str
) -> None:
    correction, outsider = ask(award, official), getattr(users, who)()
    acts: list[Callable[[], object]] = [
        partial(confirm, correction, by=outsider),
        partial(corrections.refuse, correction, reason="No.", by=outsider, at=AT),
        partial(ask, award, outsider),
        partial(ask, award, outsider, "title", "Other"),
    ]
    for act in acts:
        with pytest.raises(NotAllowed):
            act()
    assert Award.objects.get().state == "recorded"


def test_it_can_only_be_refused_once_its_asker_may_no_longer_import(
    award: ImportedCase, official: User
) -> None:
    correction = ask(award, official)
    User.objects.filter(pk=official.pk).update(is_active=False)
    with pytest.raises(TooLate, match="can no longer correct"):
        confirm(correction)


def test_an_expression_that_has_a_bid_is_not_retracted(
    expression: ImportedCase, official: User
) -> None:
    correction = ask(expression, official)
    stored = Expression.objects.get()
    expressions.take_forward(stored, by=official, at=AT)
    with pytest.raises(TooLate, match="has a bid"):
        confirm(correction)
    with pytest.raises(TooLate):
        ask(expression, users.official(), "title", "Other")


def test_the_same_row_again_changes_nothing_after_a_correction(
    award: ImportedCase, official: User
) -> None:
    confirm(ask(award, official, "title", "Family hubs in Hull"))
    assert apply_import(official, AWARD).unchanged == 1
    confirm(ask(award, official))
    assert apply_import(official, AWARD).unchanged == 1
    again = AWARD | {"ID": "A2", "Title": "Family hubs in Hull"}
    applied = apply_import(official, again)
    assert (applied.awards, applied.notices) == (1, [])
    assert figures.as_at(AWARD_DAY)["projects_funded"] == 1


def test_an_expression_like_one_that_was_retracted_is_not_asked_about(
    expression: ImportedCase, official: User
) -> None:
    again = EOI | {"ID": "E2"}
    assert "counted twice" in receive_import(official, again).notices[0]
    confirm(ask(expression, official))
    assert receive_import(official, again).notices == []


def test_a_retracted_award_keeps_its_date_and_is_not_one_to_announce(
    award: ImportedCase, official: User
) -> None:
    confirm(ask(award, official))
    stored, client = Award.objects.get(), client_for(official)
    page = client.get(page_url("award", stored)).content.decode()
    assert "28 February 2015. It was imported by mistake" in page
    assert "Not announced" not in page
    listed = client.get(page_url("awards"), {"state": "retracted"}).content.decode()
    assert "28 February 2015" in listed
    for choice in ("yes", "no"):
        rows = client.get(page_url("awards"), {"announced": choice}).context["rows"]
        assert stored not in rows


def test_a_retracted_award_gets_no_evaluator(
    award: ImportedCase, official: User
) -> None:
    confirm(ask(award, official))
    stored, university = Award.objects.get(), users.organisation("University")
    assert stored.lead is not None
    with pytest.raises(TooLate, match="once the offer is accepted"):
        evaluations.agree(stored, evaluator=university, by=users.grant_manager(), at=AT)


def test_the_page_and_the_api_say_when_and_what_was_revised(
    award: ImportedCase, official: User, client: Client
) -> None:
    def page() -> str:
        return client.get(f"/projects/{award.subject}/").content.decode()

    assert "Revised on 10 January 2022" in page()
    assert "Added from past records" in page()
    confirm(ask(award, official, "amount", "£2m exactly"))
    confirm(ask(award, official, "notes", "Nothing."))
    assert "Revised on 10 January 2022" in page()
    assert "Added from past records" in page()
    assert "Revised on 13 January 2022" in page()
    assert "Amount before: £1,234.50 (not stated if exact)" in page()
    assert "Notes corrected" in page()
    row = ApiClient(users.outsider()).get(f"awards/{award.subject}/").json()
    assert (row["revised_on"], row["amount"]) == ("2022-01-13", "2000000.00")
    file = client.get("/projects.csv").getvalue().decode("utf-8-sig")
    [project] = csv.DictReader(io.StringIO(file))
    assert project["Revised on"] == "2022-01-13"


def test_an_award_of_the_day_of_its_import_was_not_added_late(
    official: User, client: Client
) -> None:
    apply_import(official, AWARD | {"Date": "10 Jan 2022"})
    confirm(ask(imported("award"), official, "source", "A letter"))
    page = client.get(f"/projects/{imported('award').subject}/").content.decode()
    assert "Source corrected" in page
    assert "Added from past records" not in page


def test_the_database_changes_a_recorded_award_only_by_a_confirmed_correction(
    award: ImportedCase, official: User
) -> None:
    correction = ask(award, official, "title", "Other")
    stored = Award.objects.get()
    done = {"state": "done", "answered_by": official, "answered_at": AT}
    for act in (
        lambda: Award.objects.update(title="Other"),
        lambda: Award.objects.update(state="retracted", announced_on=None),
        lambda: stored.councils.clear(),
        lambda: Correction.objects.filter(pk=correction.pk).update(**done),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    confirm(correction)
    with pytest.raises(DatabaseError), transaction.atomic():
        Award.objects.update(title="Again")


def test_the_database_changes_an_imported_expression_only_by_a_confirmed_correction(
    expression: ImportedCase, official: User
) -> None:
    ask(expression, official, "title", "Other")
    for change in (
        {"title": "Other"},
        {"summary": "Other"},
        {"submitted_at": AT},
        {"state": "retracted"},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            Expression.objects.update(**change)
    leeds = Council.objects.get(pk="383")
    with pytest.raises(DatabaseError), transaction.atomic():
        Expression.objects.get().councils.add(leeds)


def test_the_history_of_the_case_shows_each_step(
    award: ImportedCase, official: User
) -> None:
    confirm(ask(award, official, "title", "Other"))
    stored = not_none(Award.objects.first())
    page = client_for(official).get(page_url("award-history", stored)).content.decode()
    assert "asked for a correction" in page
    assert "confirmed a correction" in page
    names = [event.name for event in stored.chain.events.order_by("seq")]
    assert names == ["award.recorded", "correction.asked", "award.corrected"]
