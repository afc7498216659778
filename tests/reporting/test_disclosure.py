"""An export tells of an approval once its award is announced, to nobody sooner."""

import csv
import io

import pytest
from django.urls import reverse

from bids.models import Expression
from bids.policies import cases_for
from funding.domain import announcements
from funding.models import Award
from innovation.core import clock
from innovation.core.clock import london_day
from innovation.reporting import columns, disclosure
from tests import cases, cast, grants
from tests.funding.visits import as_

pytestmark = pytest.mark.django_db


def rows() -> dict[str, tuple[str, object]]:
    """The stage and the day it last moved, by reference."""
    found = columns.rows(cases_for(cast.official()))
    return {row[0]: (row[7], row[9]) for row in found}


def keys(stage: str) -> set[str]:
    return set(
        disclosure.matching(cast.official(), {"stage": stage}).rows.values_list(
            "key", flat=True
        )
    )


def asked(award: Award) -> Expression:
    assert award.bid is not None
    return award.bid.expression


def announce(award: Award) -> None:
    now = clock.now()
    announcements.announce(award, on=london_day(now), by=cast.grant_manager(), at=now)


def test_an_approval_and_a_grant_are_told_as_what_waits_for_the_minister() -> None:
    """The same words and the same day: when it went there, and no blank."""
    waiting, approved, running = (
        grants.bid_with_minister(),
        grants.approved(),
        grants.active(),
    )
    as_it_waits = ("Waiting for a decision", london_day(grants.HELD))
    assert rows() == {
        waiting.expression.key: as_it_waits,
        approved.expression.key: as_it_waits,
        asked(running).key: as_it_waits,
    }


def test_an_announced_grant_is_told_as_it_stands() -> None:
    award = grants.active()
    announce(award)
    stage, moved = rows()[asked(award).key]
    assert stage == "Running"
    assert moved is not None


def test_a_report_of_a_stage_holds_what_is_told_to_be_in_it() -> None:
    waiting, secret, public = (
        grants.bid_with_minister(),
        grants.approved(),
        grants.active(),
    )
    announce(public)
    assert keys("bid.with_minister") == {
        waiting.expression.key,
        secret.expression.key,
    }
    assert keys("bid.approved") == {asked(public).key}
    assert keys("bid.declined") == set()


def test_the_csv_of_everything_names_no_approval() -> None:
    grants.approved()
    cases.submitted()
    answer = as_(cast.analyst()).get(reverse("reporting:everything"))
    assert answer.status_code == 200
    text = answer.getvalue().decode()
    assert {row["Stage"] for row in csv.DictReader(io.StringIO(text))} == {
        "Waiting for a decision",
        "To be read",
    }
