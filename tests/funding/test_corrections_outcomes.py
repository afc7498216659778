"""A corrected outcome of a past expression, and from when it holds."""

from datetime import date

import pytest

from bids.domain import expressions
from bids.domain.queries.cases import search_cases
from bids.models import Expression
from funding.domain import corrections
from funding.models import ImportedCase
from innovation.accounts.models import User
from innovation.audit.verification import first_fault
from innovation.core import clock
from innovation.core.errors import Invalid, TooLate
from innovation.reporting.report_types.cases import Cases
from tests.factories import users
from tests.funding.case_corrections import (
    AT,
    SENT_ON,
    TODAY,
    ask,
    confirm,
    imported,
)
from tests.funding.historic_cases import apply_import, import_problems
from tests.funding.page_requests import client_for
from tests.funding.sheets import EOI, FULL_EOI
from tests.narrowing import not_none

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_names")]


@pytest.fixture
def expression(official: User) -> ImportedCase:
    apply_import(official, FULL_EOI)
    return imported("expression")


def as_listed(official: User, day: date) -> tuple[str, object]:
    """The stage of the one case that was sent by this day, on the page and in the CSV,
    and when it last moved.
    """
    filters = {"counted": "expressions", "as_at": day.isoformat()}
    page = client_for(official).get("/cases/", filters)
    [row] = Cases().rows(official, filters, AT)
    cells = dict(zip(Cases.columns, row, strict=True))
    assert str(cells["Stage"]) in page.content.decode()
    return str(cells["Stage"]), cells["Last moved"]


def test_a_corrected_outcome_holds_from_its_own_day(
    expression: ImportedCase, official: User
) -> None:
    before = date(2014, 8, 31)
    assert as_listed(official, before) == ("To be read", SENT_ON)
    assert as_listed(official, date(2014, 9, 1)) == ("Not taken forward", SENT_ON)
    confirm(ask(expression, official, "outcome", "taken forward on 1 Oct 2014"))
    assert as_listed(official, date(2014, 9, 30)) == ("To be read", SENT_ON)
    assert as_listed(official, date(2014, 10, 1)) == ("Taken forward", SENT_ON)
    confirm(ask(expression, official, "outcome", "withdrawn"))
    assert as_listed(official, SENT_ON) == ("Expression withdrawn", SENT_ON)
    stored = Expression.objects.select_related("chain").get()
    assert (stored.state, stored.chain.stage) == ("withdrawn", "expression.withdrawn")
    [listed] = search_cases(official, {"stage": "expression.withdrawn"}).rows
    assert listed == stored
    assert first_fault() is None


@pytest.mark.parametrize("day", ["1 May 2014", "1 July 2014"])
def test_a_corrected_outcome_and_a_corrected_date_hold_together(
    expression: ImportedCase, official: User, day: str
) -> None:
    confirm(ask(expression, official, "date", day))
    confirm(ask(expression, official, "outcome", "taken forward on 1 Oct 2014"))
    sent_on = clock.london_day(not_none(Expression.objects.get().submitted_at))
    assert as_listed(official, sent_on) == ("To be read", sent_on)
    assert as_listed(official, date(2014, 9, 30)) == ("To be read", sent_on)
    assert as_listed(official, date(2014, 10, 1)) == ("Taken forward", sent_on)
    with pytest.raises(Invalid, match="not after its outcome"):
        ask(expression, official, "date", "2 Oct 2014")


def test_what_was_decided_here_is_not_corrected_but_retracted(official: User) -> None:
    apply_import(official, EOI)
    case = imported("expression")
    waiting = ask(case, official, "outcome", "declined")
    applicant = users.applicant(Expression.objects.get().lead)
    expressions.withdraw(Expression.objects.get(), by=applicant, at=AT)
    with pytest.raises(TooLate, match="People have worked on this case"):
        confirm(waiting)
    corrections.refuse(waiting, reason="Too late.", by=official, at=AT)
    for column, value in (
        ("outcome", "declined"),
        ("lead organisation", "York"),
        ("round", "2"),
    ):
        with pytest.raises(Invalid, match="Retract the case, and import it again"):
            ask(case, official, column, value)
    # Nothing depends on the date, and a corrected one keeps what happened here.
    confirm(ask(case, official, "date", "1 May 2014"))
    assert as_listed(official, SENT_ON)[0] == "To be read"
    assert as_listed(official, TODAY)[0] == "Expression withdrawn"
    confirm(ask(case, official))
    assert Expression.objects.get().state == "retracted"
    assert first_fault() is None


def test_an_outcome_of_a_sheet_is_not_in_the_future() -> None:
    row = EOI | {"Outcome": "declined", "Outcome date": "1 May 2031"}
    assert import_problems(row) == [
        (2, "Outcome date (column H)", "Write a date in the past; a month or a year "
         "counts from its last day")
    ]  # fmt: skip
