"""A file built before its maker declared an interest is theirs no longer."""

import pytest
from django.urls import reverse

from bids.domain import expressions
from bids.models import Bid
from funding.domain import interests
from innovation.accounts.models import User
from innovation.reporting import building, reports
from innovation.reporting.models import Report
from tests import cases, cast, grants
from tests.dates import MOMENT
from tests.funding.visits import as_

pytestmark = pytest.mark.django_db


def built(by: User) -> Report:
    report = reports.ask(params={}, by=by, at=MOMENT)
    building.build(report.pk)
    report.refresh_from_db()
    return report


def declare(bid: Bid, by: User) -> None:
    interests.declare(
        bid,
        member=by,
        nature="I chair it.",
        mitigation="leaves",
        by=by,
        at=MOMENT,
    )


def status(report: Report, by: User) -> int:
    page = reverse("reporting:file", args=[report.key])
    answer = as_(by).get(page)
    if answer.streaming:
        # A file that nobody reads to its end is left open.
        b"".join(answer.streaming_content)  # type: ignore[arg-type]  # not awaited
    return answer.status_code


def test_an_earlier_file_is_refused_and_a_newer_one_served() -> None:
    both = cast.person("board_member", "official")
    item = grants.item()
    early = built(both)
    assert status(early, both) == 200

    declare(item.bid, both)

    assert status(early, both) == 409
    page = as_(both).get(reverse("reporting:report", args=[early.key]))
    assert "Download the file" not in page.content.decode()
    newer = built(both)
    assert status(newer, both) == 200
    with newer.file.open("rb") as file:
        assert item.bid.expression.key.encode() not in file.read()


def test_so_is_one_that_holds_what_was_then_merged_into_the_case() -> None:
    both = cast.person("board_member", "official")
    item = grants.item()
    part = cases.submitted(round=item.bid.round)
    declare(item.bid, both)
    early = built(both)
    assert status(early, both) == 200

    expressions.merge(part, into=item.bid.expression, by=cast.official(), at=MOMENT)

    assert status(early, both) == 409


def test_another_reader_keeps_theirs() -> None:
    member, analyst = cast.member(), cast.analyst()
    item = grants.item(members=[member, *grants.board()])
    theirs = built(analyst)
    declare(item.bid, member)
    assert status(theirs, analyst) == 200
