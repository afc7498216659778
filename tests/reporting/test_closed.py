"""A user cannot download a file built before they declared an interest."""

import pytest
from django.urls import reverse

from bids.domain import expressions
from innovation.accounts.models import User
from innovation.reporting import report_builder, reports
from innovation.reporting.models import Report
from innovation.reporting.report_types.cases import Cases
from innovation.reporting.report_types.definition import ReportType
from innovation.reporting.report_types.roles import RolesHeld
from tests.dates import MOMENT
from tests.factories import cases, grants, users
from tests.funding.page_requests import client_for

pytestmark = pytest.mark.django_db


def build_report(by: User, kind: ReportType | None = None) -> Report:
    report = reports.ask(kind or Cases(), params={}, by=by, at=MOMENT)
    report_builder.build(report.pk)
    report.refresh_from_db()
    return report


def file_status(report: Report, by: User) -> int:
    page = reverse("reporting:file", args=[report.key])
    return client_for(by).get(page).status_code


def test_an_earlier_file_is_refused_and_a_newer_one_served() -> None:
    both = users.person("board_member", "official")
    item = grants.agenda_item()
    report = build_report(both)
    assert file_status(report, both) == 200

    grants.interest(item.bid, both)

    assert file_status(report, both) == 409
    page = client_for(both).get(reverse("reporting:report", args=[report.key]))
    assert "Download the file" not in page.content.decode()
    newer = build_report(both)
    assert file_status(newer, both) == 200
    with newer.file.open("rb") as file:
        assert item.bid.expression.key.encode() not in file.read()


def test_so_is_one_that_holds_what_was_then_merged_into_the_case() -> None:
    both = users.person("board_member", "official")
    item = grants.agenda_item()
    part = cases.submitted_expression(round=item.bid.round)
    grants.interest(item.bid, both)
    report = build_report(both)
    assert file_status(report, both) == 200

    expressions.merge(part, into=item.bid.expression, by=users.official(), at=MOMENT)

    assert file_status(report, both) == 409


def test_another_reader_keeps_theirs() -> None:
    member, analyst = users.member(), users.analyst()
    item = grants.agenda_item(members=[member, *grants.board_members()])
    analyst_report = build_report(analyst)
    grants.interest(item.bid, member)
    assert file_status(analyst_report, analyst) == 200


def test_a_file_of_roles_is_refused_too_and_names_the_list_of_roles() -> None:
    person = users.person("board_member", "administrator")
    item = grants.agenda_item()
    report = build_report(person, RolesHeld())
    grants.interest(item.bid, person)
    page = client_for(person).get(reverse("reporting:file", args=[report.key]))
    assert page.status_code == 409
    assert "Ask for it again from the list of roles." in page.content.decode()
