"""The reader chooses the columns of the list of cases, and its file has the same."""

import csv
import io
import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client

from bids.domain import saved_views
from bids.domain.queries import case_columns
from innovation.core.errors import Invalid
from innovation.reporting import report_builder, reports
from innovation.reporting.report_types.cases import Cases
from tests.dates import MOMENT
from tests.factories import cases, users

pytestmark = pytest.mark.django_db


def headings(page: str) -> list[str]:
    found = re.findall(r'<th scope="col"[^>]*>([^<]*)</th>', page)
    return [unescape(text) for text in found]


def cells(page: str) -> list[list[str]]:
    """The texts of each row, without the box to select it."""
    body = page.partition("<tbody")[2].partition("</tbody>")[0]
    return [
        [text_of(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)]
        for row in body.split("<tr")[1:]
    ]


def text_of(cell: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", cell)).split())


def test_columns_are_chosen_on_a_page_and_stand_in_the_address(client: Client) -> None:
    official = users.official()
    case = cases.submitted_expression(title="Front door")
    users.assign(official, case)
    cases.submitted_expression(title="Nobody’s")
    client.force_login(official)
    page = client.get("/cases/?stage=expression.submitted").content.decode()
    choose = "/cases/columns?stage=expression.submitted"
    assert f'href="{choose}"' in page
    page = client.get(choose).content.decode()
    ticked = re.findall(r'value="(\w+)"\s+checked', page)
    assert ticked == list(case_columns.DEFAULT)
    answer = client.post(choose, {"columns": ["assigned", "amount", "stage"]})
    assert answer["Location"] == (
        "/cases/?stage=expression.submitted&columns=amount%2Cstage%2Cassigned"
    )
    page = client.get(answer["Location"]).content.decode()
    assert headings(page) == [
        "Title",
        "Expression for in pounds",
        "Stage",
        "Who looks after it",
    ]
    first, second = sorted((row[1:] for row in cells(page)), key=str)
    assert first == [f"Front door {case.key}", "£8,000", "To be read", official.name]
    assert second[1:] == ["£8,000", "To be read", ""]
    client.post(choose, {"columns": ["lead"]})
    usual = client.post(choose, {"columns": list(case_columns.DEFAULT)})
    assert usual["Location"] == "/cases/?stage=expression.submitted"


def test_the_file_has_exactly_the_columns_that_are_shown(client: Client) -> None:
    official, case = users.official(), cases.submitted_expression()
    client.force_login(official)
    for query, expected in (
        ("", ("Lead organisation", "Round", "Stage", "Sent")),
        ("?columns=sent,bid,councils", ("Councils", "Sent", "Bid")),
    ):
        page = client.get(f"/cases/{query}").content.decode()
        link = re.search(r'href="(/reports/new\?[^"]*)"', page)
        assert link is not None
        params = dict(parse_qsl(urlsplit(unescape(link[1])).query))
        report = reports.ask(Cases(), params=params, by=official, at=MOMENT)
        report_builder.build(report.pk)
        report.refresh_from_db()
        with report.file.open("rb") as file:
            text = file.read().decode("utf-8-sig")
        header, row = csv.reader(io.StringIO(text))
        assert tuple(header) == ("Reference", "Title", *expected)
        assert row[:2] == [case.key, case.title]
        if query:
            assert headings(page)[1:] == header[2:]
            assert row[3] == "2014-11-12"


def test_every_column_is_shown_and_written(client: Client) -> None:
    case = cases.bid_in_development().expression
    official = users.official()
    client.force_login(official)
    names = ",".join(column.name for column in case_columns.COLUMNS)
    page = client.get(f"/cases/?columns={names}").content.decode()
    assert headings(page)[1:] == [one.heading for one in case_columns.COLUMNS]
    [row] = cells(page)
    assert case.lead.key in row
    assert case.bid.key in row
    rows = Cases().rows(official, {"columns": names}, MOMENT)
    assert [len(each) for each in rows] == [2 + len(case_columns.COLUMNS)]


def test_a_saved_view_keeps_the_columns(client: Client) -> None:
    official = users.official()
    view = saved_views.save(
        name="Mine", params={"columns": "sent"}, shared=False, by=official, at=MOMENT
    )
    assert view.query == "columns=sent"
    client.force_login(official)
    cases.submitted_expression()
    page = client.get(f"/cases/?{view.query}").content.decode()
    assert headings(page) == ["Title", "Sent"]
    # Applying filters keeps them.
    assert re.search(r'<input type="hidden" name="columns" value="sent"', page)


@pytest.mark.parametrize("text", ["nonsense", "sent,password", "%00"])
def test_a_column_that_does_not_exist_is_refused(client: Client, text: str) -> None:
    official = users.official()
    client.force_login(official)
    for address in (f"/cases/?columns={text}", f"/reports/new?columns={text}"):
        answer = client.get(address)
        assert answer.status_code == 422
        assert "There is no column" in answer.content.decode()
    with pytest.raises(Invalid):
        saved_views.save(
            name="No", params={"columns": text}, shared=False, by=official, at=MOMENT
        )


def test_a_coach_chooses_columns_of_their_own_cases(client: Client) -> None:
    case = cases.submitted_expression(title="Mine")
    cases.submitted_expression(title="Somebody else’s")
    client.force_login(users.assign(users.coach(), case))
    page = client.get("/cases/?columns=lead_key").content.decode()
    assert case.lead.key in page
    assert "Somebody else’s" not in page
    client.force_login(cases.editor_of(case.lead))
    assert client.get("/cases/columns").status_code == 403
