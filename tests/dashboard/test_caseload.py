"""The cases on the home page of an official or a coach."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from innovation.accounts.models import User
from innovation.core.clock import LONDON
from innovation.dashboard.caseload import SHOWN, Caseload, caseload
from innovation.registers.definitions import CLOSED_DAYS
from innovation.registers.models import ClosedDayState
from tests.dates import MOMENT
from tests.factories import cases, registers, users
from tests.inference.scenario import declare_interest
from tests.narrowing import not_none

pytestmark = pytest.mark.django_db
NOON = datetime(2014, 11, 12, 12, tzinfo=LONDON)


def caseload_of(user: User, at: datetime = NOON) -> Caseload:
    return not_none(caseload(user, at=at))


def test_a_case_says_for_whom_it_waits_and_since_how_many_working_days() -> None:
    official = users.official()
    expression = cases.submitted_expression()
    users.assign(official, expression)
    # Wednesday 12 November to Monday 24 November: 8 working days.
    [case] = caseload_of(official, NOON + timedelta(days=12)).cases
    assert (case.key, case.title) == (expression.key, expression.title)
    assert case.href == f"/cases/{expression.key}"
    assert case.waiting_for == "The department, to read it and decide"
    assert case.since == "12 November 2014 (8 working days)"
    assert (case.due, case.is_late) == ("", False)


@pytest.mark.parametrize(
    ("days", "words", "late"),
    [
        (0, "in 5 working days", False),
        (7, "today", False),
        (8, "1 working day ago", True),
        (12, "3 working days ago", True),
    ],
)
def test_the_answer_to_a_question_is_late_after_its_last_day(
    days: int, words: str, late: bool
) -> None:
    official = users.official()
    users.assign(official, cases.open_clarification().expression)
    [case] = caseload_of(official, NOON + timedelta(days=days)).cases
    assert case.due == f"The applicant answers by 19 November 2014 ({words})"
    assert case.is_late == late


def test_a_day_on_which_the_department_is_closed_does_not_count() -> None:
    official = users.official()
    users.assign(official, cases.open_clarification().expression)
    registers.row(CLOSED_DAYS, day=date(2014, 11, 20))
    mistake = ClosedDayState.MISTAKE
    registers.row(CLOSED_DAYS, day=date(2014, 11, 21), state=mistake)
    [case] = caseload_of(official, NOON + timedelta(days=12)).cases
    assert case.due.endswith("(2 working days ago)")


def test_what_is_due_first_comes_first_and_then_what_waits_longest() -> None:
    official = users.official()
    newer = cases.submitted_expression()
    older = cases.bid_in_development().expression
    question = cases.open_clarification().expression
    for expression in (newer, older, question):
        users.assign(official, expression)
    keys = [case.key for case in caseload_of(official).cases]
    assert keys[0] == question.key
    assert set(keys[1:]) == {older.key, newer.key}


def test_a_case_that_has_ended_or_is_somebody_else_s_is_not_listed(
    client: Client,
) -> None:
    official, coach = users.official(), users.coach()
    users.assign(official, cases.declined_expression())
    theirs = cases.submitted_expression()
    users.assign(official, theirs)
    assert [case.key for case in caseload_of(official).cases] == [theirs.key]
    assert caseload_of(coach).cases == []
    for outsider in (users.outsider(), users.analyst(), users.member()):
        assert caseload(outsider, at=MOMENT) is None
        client.force_login(outsider)
        assert theirs.title not in client.get("/home").content.decode()


def test_a_case_in_which_its_reader_declared_an_interest_is_not_listed() -> None:
    official = users.person("official", "board_member")
    bid = cases.submitted_bid()
    users.assign(official, bid.expression)
    assert len(caseload_of(official).cases) == 1
    declare_interest(bid, official)
    official = User.objects.get(pk=official.pk)
    assert caseload_of(official).cases == []


def test_the_page_leads_to_all_cases_and_costs_the_same_for_many(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    official = users.official()
    expressions = [cases.submitted_expression() for _ in range(SHOWN + 1)]
    for expression in expressions:
        users.assign(official, expression)
    client.force_login(official)
    client.get("/home")
    with django_assert_max_num_queries(6):
        page = client.get("/home").content.decode()
    assert page.count('<th scope="row"') == SHOWN
    assert "More of your cases" in page
    listed = client.get("/cases/?assigned=me&programme=all").content.decode()
    assert f"{SHOWN + 1} cases" in listed


def test_a_late_case_is_said_in_words(client: Client) -> None:
    official = users.official()
    users.assign(official, cases.open_clarification().expression)
    client.force_login(official)
    page = client.get("/home").content.decode()
    assert "Late cases are at the top." in page
    assert ">Late</strong>" in page.replace("\n", "").replace("  ", "")
