"""An export shows an approval only after its award is announced."""

import csv
import io
from decimal import Decimal

import pytest
from django.urls import reverse

from bids.domain.queries.cases import search_cases
from bids.models import Expression
from bids.policies import cases_for
from funding.domain import announcements
from funding.models import Award
from innovation.core import clock
from innovation.core.clock import london_day
from innovation.reporting import disclosure
from innovation.reporting.report_types.cases import Cases, case_rows
from tests.factories import cases, grants, users
from tests.funding.page_requests import client_for

pytestmark = pytest.mark.django_db
AWARD_COLUMNS = (
    "Award",
    "Award in pounds",
    "Precision of the amount",
    "Award dated",
    "Precision of the date",
)


def report_rows() -> dict[str, tuple[str, object]]:
    """The stage and the day of the last move, by reference."""
    rows = case_rows(cases_for(users.official()))
    return {str(row[0]): (str(row[7]), row[9]) for row in rows}


def matching_keys(**params: str) -> set[str]:
    matching = disclosure.matching_cases(users.official(), params)
    return set(matching.rows.values_list("key", flat=True))


def expression_of(award: Award) -> Expression:
    assert award.bid is not None
    return award.bid.expression


def announce(award: Award) -> None:
    now = clock.now()
    announcements.announce(award, on=london_day(now), by=users.grant_manager(), at=now)


def test_an_approval_and_a_grant_are_told_as_what_waits_for_the_minister() -> None:
    """The same words, and the day when it went to the minister, not a blank."""
    with_minister, approved, running = (
        grants.bid_with_minister(),
        grants.approved_bid(),
        grants.active_award(),
    )
    as_it_waits = ("Waiting for a decision", london_day(grants.MEETING_AT))
    assert report_rows() == {
        with_minister.expression.key: as_it_waits,
        approved.expression.key: as_it_waits,
        expression_of(running).key: as_it_waits,
    }


def test_an_announced_grant_is_told_as_it_stands() -> None:
    award = grants.active_award()
    announce(award)
    stage, moved_on = report_rows()[expression_of(award).key]
    assert stage == "Running"
    assert moved_on is not None


def test_a_report_of_a_stage_holds_what_is_told_to_be_in_it() -> None:
    with_minister, secret, public = (
        grants.bid_with_minister(),
        grants.approved_bid(),
        grants.active_award(),
    )
    announce(public)
    assert matching_keys(stage="bid.with_minister") == {
        with_minister.expression.key,
        secret.expression.key,
    }
    assert matching_keys(stage="bid.approved") == {expression_of(public).key}
    assert matching_keys(stage="bid.declined") == set()


def test_a_report_of_whom_a_case_waits_for_tells_of_no_approval() -> None:
    with_minister, approved = grants.bid_with_minister(), grants.approved_bid()
    offered, announced = grants.offered_award(), grants.active_award()
    announce(announced)
    to_read = cases.submitted_expression()
    assert matching_keys(waiting_on="minister") == {
        with_minister.expression.key,
        approved.expression.key,
        expression_of(offered).key,
    }
    assert matching_keys(waiting_on="applicant") == set()
    assert matching_keys(waiting_on="department") == {to_read.key}
    assert matching_keys(waiting_on="nobody") == {expression_of(announced).key}
    listed = search_cases(users.official(), {"waiting_on": "applicant"}).rows
    assert [case.key for case in listed] == [expression_of(offered).key]


def test_the_csv_of_everything_names_no_approval() -> None:
    grants.approved_bid()
    cases.submitted_expression()
    answer = client_for(users.analyst()).get(reverse("reporting:all-cases"))
    assert answer.status_code == 200
    text = answer.getvalue().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["Stage"] for row in rows} == {"Waiting for a decision", "To be read"}
    assert {row[name] for row in rows for name in AWARD_COLUMNS} == {""}


def test_an_announced_award_is_told_with_its_amount_its_date_and_their_precision() -> (
    None
):
    award = grants.active_award()
    announce(award)
    [row] = case_rows(cases_for(users.analyst()))
    cells = dict(zip(Cases.columns, row, strict=True))
    assert [cells[name] for name in AWARD_COLUMNS] == [
        award.key,
        Decimal("8000.00"),
        "exact",
        award.dated_on,
        "day",
    ]


def test_as_at_a_date_an_unannounced_approval_waits_for_the_minister() -> None:
    secret, public = grants.approved_bid(), grants.active_award()
    announce(public)
    rows = case_rows(cases_for(users.official()), london_day(clock.now()))
    as_it_waits = ("Waiting for a decision", london_day(grants.MEETING_AT))
    stages = {str(row[0]): (str(row[7]), row[9]) for row in rows}
    assert stages[secret.expression.key] == as_it_waits
    assert stages[expression_of(public).key][0] == "Running"
