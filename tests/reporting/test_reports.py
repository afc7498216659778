"""Reports are requested, built by a worker and downloaded."""

import csv
import io
import zipfile
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from bids.domain import bids, expressions, historic_expressions
from bids.models import Expression
from innovation.accounts.models import User
from innovation.audit.models import Event
from innovation.core import limits
from innovation.core.errors import NotAllowed
from innovation.reporting import report_builder, reports
from innovation.reporting.file_writers import WRITERS, XlsxWriter
from innovation.reporting.models import FileFormat, Report, ReportState
from innovation.reporting.report_types import allowed_types
from innovation.reporting.report_types.cases import Cases
from innovation.reporting.report_types.roles import RolesHeld
from tests.accounts.role_changes import give_role
from tests.database_guards import force_update
from tests.dates import DAY, MOMENT, moment_after
from tests.factories import cases, users

pytestmark = pytest.mark.django_db


def request_report(by: User, **params: str) -> Report:
    return reports.ask(Cases(), params=params, by=by, at=MOMENT)


def build_rows(report: Report) -> list[list[str]]:
    report_builder.build(report.pk)
    report.refresh_from_db()
    assert report.state == ReportState.READY
    with report.file.open("rb") as file:
        return list(csv.reader(io.StringIO(file.read().decode("utf-8-sig"))))


def test_a_report_holds_the_cases_the_filters_show() -> None:
    expression = cases.submitted_expression()
    cases.declined_expression()
    report = request_report(users.official(), stage="expression.submitted")
    header, *rows = build_rows(report)
    assert header == list(Cases.columns)
    assert rows == [
        [
            expression.key,
            expression.title,
            expression.lead.name,
            expression.round.name,
            expression.strand.name if expression.strand else "",
            "; ".join(council.name for council in expression.councils.order_by("name")),
            "8000.00",
            "To be read",
            "2014-11-12",
            "2014-11-12",
            "",
            expression.lead.key,
            "; ".join(expression.councils.values_list("dfe_number", flat=True)),
            *[""] * 6,
        ]
    ]
    assert (report.rows_done, report.rows_total) == (1, 1)


def test_as_a_workbook_it_has_the_same_rows_with_days_and_amounts_as_such() -> None:
    cases.submitted_expression()
    expression = cases.submitted_expression()
    force_update(
        Expression.objects.filter(pk=expression.pk),
        title="https://x.example",
        strand=None,
    )
    official = users.official()
    lines = build_rows(request_report(official))
    report = reports.ask(
        Cases(), params={}, by=official, at=MOMENT, file_format=FileFormat.XLSX
    )
    report_builder.build(report.pk)
    report.refresh_from_db()
    with report.file.open("rb") as file:
        header, *rows = (
            CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
        )
    assert header == list(Cases.columns)
    assert [row[6] for row in rows] == [8000.0, 8000.0]
    assert [row[8] for row in rows] == [MOMENT.date(), MOMENT.date()]
    as_text = [
        [f"{cell:.2f}" if isinstance(cell, float) else str(cell) for cell in row]
        for row in rows
    ]
    assert as_text == lines[1:]


def test_a_formula_or_a_link_is_text_in_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "cells.xlsx"
    texts = ["=1+1", "{=1+1}", "https://x.example", "mailto:a@x.example", "007", ""]
    kinds = [date(2015, 3, 3), Decimal("1234.50"), 7, None]
    with path.open("wb") as file, closing(XlsxWriter(file, list("ABCDEF"))) as writer:
        writer.write_rows([texts, kinds])
    _, first, second = (
        CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    )
    assert first == texts
    assert second[:4] == [date(2015, 3, 3), 1234.5, 7.0, ""]
    with zipfile.ZipFile(path) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
        assert not any("rels" in name and "sheet1" in name for name in parts.namelist())


def test_what_no_worksheet_holds_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cells.xlsx"
    with path.open("wb") as file, closing(XlsxWriter(file, ["A"])) as writer:
        for row in (["x" * 40_000], ["x"] * 20_000):
            with pytest.raises(ValueError, match="worksheet"):
                writer.write_rows([row])


def test_filters_that_no_list_knows_are_left_out() -> None:
    report = request_report(users.official(), q="care", after="x", nonsense="1")
    assert report.params == {"q": "care"}


def test_asking_is_recorded_with_the_person() -> None:
    official = users.official()
    report = request_report(official)
    event = Event.objects.get(name="report.asked")
    assert (event.chain, event.subject) == (official.chain, report.key)


@pytest.mark.parametrize("role", ["applicant", "board_member", "finance", "coach"])
def test_who_may_not_build_reports_is_refused(role: str) -> None:
    with pytest.raises(NotAllowed):
        request_report(users.person(role))


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_cell_is_read_as_a_formula(start: str) -> None:
    expression = cases.submitted_expression()
    force_update(type(expression).objects.all(), title=f"{start}1+1")
    _, row = build_rows(request_report(users.official()))
    assert row[1] == f"'{start}1+1"


def test_a_bid_an_organisation_and_councils_have_their_keys() -> None:
    bid = cases.bid_in_development()
    header, row = build_rows(request_report(users.official()))
    cells = dict(zip(header, row, strict=True))
    assert cells["Bid"] == bid.key
    assert cells["Lead organisation reference"] == bid.lead.key
    assert cells["Council numbers"] == bid.councils.get().dfe_number


def test_a_withdrawal_says_of_what() -> None:
    expression = cases.submitted_expression()
    expressions.withdraw(
        expression, because="", by=cases.editor_of(expression.lead), at=MOMENT
    )
    bid = cases.submitted_bid()
    bids.withdraw(bid, by=cases.editor_of(bid.lead), at=MOMENT)
    _, *rows = build_rows(request_report(users.official()))
    assert {row[0]: row[7] for row in rows} == {
        expression.key: "Expression withdrawn",
        bid.expression.key: "Bid withdrawn",
    }


def test_a_report_as_at_a_date_has_the_stages_of_that_date(client: Client) -> None:
    running, ended = cases.bid_in_development(), cases.submitted_bid()
    bids.withdraw(ended, by=cases.editor_of(ended.lead), at=moment_after(days=2))
    for days, counted in ((0, 2), (1, 2), (2, 1)):
        day = moment_after(days=days).date().isoformat()
        params = {"counted": "bids_in_development", "as_at": day}
        report = request_report(users.official(), **params)
        header, *rows = build_rows(report)
        assert header[7:10] == [f"Stage on {day}", "Sent", f"Last moved by {day}"]
        stages = {row[0]: (row[7], row[9]) for row in rows}
        assert stages.pop(running.expression.key) == ("In development", "2014-11-12")
        assert set(stages.values()) == {("To be assessed", "2014-11-12")} or not stages
        assert len(rows) == counted
        client.force_login(report.asked_by)
        shown = client.get("/cases/", params).context["rows"]
        assert {row["shown_stage"] for row in shown} <= {
            "bid.in_development",
            "bid.submitted",
        }
    [now] = client.get("/cases/", {"stage": "bid.withdrawn"}).context["rows"]
    assert (now["key"], now["shown_stage"]) == (ended.expression.key, "bid.withdrawn")


def test_the_name_of_a_file_says_its_date_its_filters_and_its_rows(
    client: Client,
) -> None:
    cases.bid_in_development()
    params = {"counted": "bids_in_development", "as_at": "2014-11-12"}
    report = request_report(users.official(), **params)
    build_rows(report)
    client.force_login(report.asked_by)
    file = client.get(f"/reports/{report.key}/file")
    assert file["Content-Disposition"] == (
        'attachment; filename="cases-as-at-2014-11-12-counted-bids-in-development'
        f'-1-case-{report.key}.csv"'
    )
    file.close()


def test_a_past_expression_is_only_sent_until_the_day_it_ended() -> None:
    expression = historic_expression(ended_on=DAY + timedelta(days=9))
    for days, stage in ((0, "To be read"), (8, "To be read"), (9, "Not taken forward")):
        day = (DAY + timedelta(days=days)).isoformat()
        params = {"counted": "expressions", "as_at": day}
        _, *rows = build_rows(request_report(users.official(), **params))
        assert [(row[0], row[7]) for row in rows] == [(expression.key, stage)]


def historic_expression(*, ended_on: date) -> Expression:
    [expression] = historic_expressions.record_all(
        [
            historic_expressions.HistoricExpression(
                title="From before",
                round=cases.round_(),
                lead=users.organisation(),
                submitted_on=DAY,
                state="declined",
                ended_on=ended_on,
            )
        ],
        by=users.official(),
        at=MOMENT,
    )
    return expression


def test_a_lost_workers_report_is_built_by_another() -> None:
    cases.submitted_expression()
    report = request_report(users.official())
    Report.objects.update(
        state=ReportState.BUILDING,
        attempts=1,
        lease_until=datetime.now(tz=UTC) - timedelta(seconds=1),
    )
    report_builder.sweep()
    report.refresh_from_db()
    assert (report.state, report.attempts) == (ReportState.READY, 2)


def test_a_report_under_way_is_left_to_its_worker() -> None:
    report = request_report(users.official())
    end = datetime.now(tz=UTC) + timedelta(seconds=60)
    Report.objects.update(state=ReportState.BUILDING, attempts=1, lease_until=end)
    report_builder.build(report.pk)
    report.refresh_from_db()
    assert (report.state, report.attempts) == (ReportState.BUILDING, 1)


def test_a_report_that_cost_three_workers_fails() -> None:
    report = request_report(users.official())
    past = datetime.now(tz=UTC) - timedelta(seconds=1)
    Report.objects.update(state=ReportState.BUILDING, attempts=3, lease_until=past)
    report_builder.sweep()
    report.refresh_from_db()
    assert (report.state, report.last_error) == (ReportState.FAILED, "worker lost")


def test_old_reports_and_their_files_are_thrown_away(media: Path) -> None:
    build_rows(request_report(users.official()))
    assert list(media.rglob("*.csv"))
    reports.delete_expired(at=MOMENT + timedelta(days=8))
    assert not Report.objects.exists()
    assert not list(media.rglob("*.csv"))


def test_an_official_asks_watches_and_downloads(client: Client) -> None:
    expression = cases.submitted_expression()
    client.force_login(users.official())
    page = client.get("/reports/new", {"stage": "expression.submitted"})
    assert "The file will hold 1 case:" in page.content.decode()
    answer = client.post("/reports/new?stage=expression.submitted")
    report = Report.objects.get()
    assert answer["Location"] == f"/reports/{report.key}/"
    waiting = client.get(answer["Location"]).content.decode()
    assert "<progress" in waiting
    assert '<noscript><meta http-equiv="refresh"' in waiting
    assert client.get(f"/reports/{report.key}/progress").json() == {
        "finished": False,
        "done": 0,
        "total": 0,
    }
    assert client.get(f"/reports/{report.key}/file").status_code == 409
    report_builder.build(report.pk)
    assert "Download the file" in client.get(answer["Location"]).content.decode()
    file = client.get(f"/reports/{report.key}/file")
    assert file["Content-Disposition"].startswith('attachment; filename="cases-')
    assert expression.key in file.getvalue().decode()


def test_an_official_asks_for_a_workbook(client: Client) -> None:
    expression = cases.submitted_expression()
    client.force_login(users.official())
    page = client.get("/reports/new").content.decode()
    assert 'value="csv" checked' in page
    assert 'value="xlsx"' in page
    assert client.post("/reports/new", {"file_format": "odt"}).status_code == 422
    answer = client.post("/reports/new", {"file_format": "xlsx"})
    report = Report.objects.get()
    report_builder.build(report.pk)
    assert "Cases as Excel" in client.get(answer["Location"]).content.decode()
    file = client.get(f"/reports/{report.key}/file")
    assert file["Content-Type"] == WRITERS[FileFormat.XLSX].content_type
    assert file["Content-Disposition"].endswith(f'-{report.key}.xlsx"')
    book = CalamineWorkbook.from_filelike(io.BytesIO(file.getvalue()))
    assert expression.key in book.get_sheet_by_index(0).to_python()[1]


def test_workbooks_count_among_the_reports_one_may_ask_for(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "REPORTS_A_PERSON", 2)
    client.force_login(users.official())
    statuses = [
        client.post("/reports/new", {"file_format": kind}).status_code
        for kind in ("csv", "xlsx", "xlsx", "csv")
    ]
    assert statuses == [302, 302, 429, 429]


def test_a_report_is_its_makers_alone(client: Client) -> None:
    report = request_report(users.official())
    build_rows(report)
    client.force_login(users.official())
    for address in ("", "progress", "file"):
        assert client.get(f"/reports/{report.key}/{address}").status_code == 404
    assert report.key not in client.get("/reports/").content.decode()
    client.force_login(report.asked_by)
    assert report.key in client.get("/reports/").content.decode()


def test_the_list_of_cases_leads_to_its_report_with_the_filters(client: Client) -> None:
    cases.submitted_expression()
    client.force_login(users.official())
    page = client.get("/cases/", {"stage": "expression.submitted"}).content.decode()
    shown = "columns=lead%2Cround%2Cstage%2Csent"
    assert f'href="/reports/new?stage=expression.submitted&amp;{shown}"' in page
    coach = users.coach()
    users.assign(coach, cases.submitted_expression())
    client.force_login(coach)
    assert "/reports/new" not in client.get("/cases/").content.decode()


def test_each_report_is_listed_to_whoever_may_have_it() -> None:
    def names(*roles: str) -> list[str]:
        return [each.name for each in allowed_types(users.person(*roles))]

    assert names("analyst") == ["barriers", "cases", "all-cases"]
    assert names("administrator") == ["roles"]
    everything = ["barriers", "cases", "all-cases", "roles"]
    assert names("analyst", "administrator") == everything
    assert names("applicant") == []


def test_an_administrator_has_the_roles_held_built(client: Client) -> None:
    give_role(users.coach(), "finance")
    client.force_login(users.administrator())
    page = client.get("/roles/held", {"role": "finance"}).content.decode()
    assert 'href="/reports/new?kind=roles&amp;role=finance"' in page
    address = "/reports/new?kind=roles&role=finance&nonsense=1"
    assert "The file will hold 1 role:" in client.get(address).content.decode()
    client.post(address)
    report = Report.objects.get()
    assert (report.kind, report.params) == ("roles", {"role": "finance"})
    header, row = build_rows(report)
    assert header == list(RolesHeld.columns)
    assert row[3] == "Finance officer"
    file = client.get(f"/reports/{report.key}/file")
    assert file["Content-Disposition"].startswith('attachment; filename="roles-')
    file.close()


def test_a_file_is_nobodys_who_may_not_have_it_any_more(client: Client) -> None:
    person = users.person("administrator", "analyst")
    report = reports.ask(RolesHeld(), params={}, by=person, at=MOMENT)
    build_rows(report)
    force_update(User.objects.filter(pk=person.pk), roles=["analyst"])
    client.force_login(person)
    assert client.get(f"/reports/{report.key}/file").status_code == 403


@pytest.mark.parametrize("kind", ["all-cases", "nonsense"])
def test_what_no_worker_builds_cannot_be_asked_for(client: Client, kind: str) -> None:
    client.force_login(users.official())
    assert client.get("/reports/new", {"kind": kind}).status_code == 404
