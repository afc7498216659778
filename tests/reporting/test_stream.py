"""The streamed CSV has the rows of a report, written by PostgreSQL."""

import csv
import io
import os
import threading
from contextlib import closing, suppress
from typing import Any

import pytest
from django.db import connection
from django.http import StreamingHttpResponse
from django.test import Client, RequestFactory
from psycopg2 import ProgrammingError

from bids.models import Expression
from bids.policies import cases_for
from innovation.core import limits
from innovation.reporting.report_types.cases import Cases, case_rows
from innovation.web import csv_export
from innovation.web.csv_files import CsvWriter
from tests.database_guards import force_update
from tests.factories import cases, users

pytestmark = pytest.mark.django_db
ADDRESS = "/reports/all-cases.csv"
ROLES = "/reports/roles.csv"


def open_pipes() -> set[str]:
    lines_read = set()
    for number in os.listdir("/proc/self/fd"):
        # The listing's own has gone by now.
        with suppress(FileNotFoundError):
            lines_read.add(os.readlink(f"/proc/self/fd/{number}"))
    return {link for link in lines_read if link.startswith("pipe:")}


def copy_threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "copy"]


def test_the_stream_equals_the_report_cell_by_cell(client: Client) -> None:
    official = users.official()
    cases.submitted_expression()
    expression = cases.submitted_expression()
    force_update(
        Expression.objects.filter(pk=expression.pk),
        title='=SUM("a,b")\nÀ\\n;',
        strand=None,
    )
    cases.assessed_bid()
    client.force_login(official)
    answer = client.get(ADDRESS)
    assert isinstance(answer, StreamingHttpResponse)
    output = io.BytesIO()
    with closing(CsvWriter(output, Cases.columns)) as writer:
        writer.write_rows(case_rows(cases_for(official).order_by("pk")))
    assert cells(answer.getvalue()) == cells(output.getvalue())
    assert len(cells(output.getvalue())) == 4


def cells(content: bytes) -> list[list[str]]:
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    return list(csv.reader(text))


def test_a_draft_is_in_no_stream(client: Client) -> None:
    draft = cases.draft()
    client.force_login(users.official())
    answer = client.get(ADDRESS)
    assert isinstance(answer, StreamingHttpResponse)
    assert draft.key not in answer.getvalue().decode()


@pytest.mark.django_db(transaction=True)
def test_a_reader_who_goes_away_ends_the_copy() -> None:
    cases.submitted_expression()
    before = open_pipes()
    endless = Expression.objects.extra(select={"x": "repeat('x', 10000000)"})
    pieces = csv_export.stream_csv(["x"], endless.values_list("x"))
    assert next(pieces) == b"\xef\xbb\xbfx\r\n"
    assert next(pieces).startswith(b"xxx")
    pieces.close()
    assert not copy_threads()
    assert Expression.objects.count() == 1
    assert open_pipes() == before


@pytest.mark.django_db(transaction=True)
def test_an_answer_that_is_closed_unread_ends_the_copy(rf: RequestFactory) -> None:
    cases.submitted_expression()
    endless = Expression.objects.extra(select={"x": "repeat('x', 10000000)"})
    request = rf.get(ADDRESS)
    request.user = users.official()
    answer = csv_export.csv_response(request, "x.csv", ["x"], endless.values_list("x"))
    assert copy_threads()
    answer.close()
    assert not copy_threads()
    assert Expression.objects.count() == 1


def test_an_answer_that_a_test_does_not_read_is_closed(client: Client) -> None:
    cases.submitted_expression()
    client.force_login(users.official())
    answer: Any = client.get(ADDRESS)
    assert answer.closed
    assert not copy_threads()


@pytest.mark.django_db(transaction=True)
def test_an_error_in_the_middle_breaks_the_answer_off() -> None:
    cases.submitted_expression()
    failing_rows = Expression.objects.extra(select={"x": "1 / (id - id)"})
    with pytest.raises(Exception, match="division by zero"):
        list(csv_export.stream_csv(["x"], failing_rows.values_list("x")))


@pytest.mark.parametrize(
    ("role", "address", "table", "column"),
    [
        ("analyst", ADDRESS, "bids_expression", "title"),
        ("administrator", ROLES, "accounts_rolegrant", "origin"),
    ],
)
def test_a_copy_that_cannot_begin_is_no_answer_that_has_begun(
    client: Client, role: str, address: str, table: str, column: str
) -> None:
    client.force_login(users.person(role))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} RENAME COLUMN {column} TO gone")
    with pytest.raises(ProgrammingError, match=column):
        client.get(address)


def test_twice_the_exports_of_roles_are_refused(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "EXPORTS_A_PERSON", 2)
    client.force_login(users.administrator())
    statuses = [client.get(ROLES).status_code for _ in range(4)]
    assert statuses == [200, 200, 429, 429]


@pytest.mark.parametrize("role", ["applicant", "coach", "board_member", "finance"])
def test_who_may_not_read_every_case_gets_no_stream(client: Client, role: str) -> None:
    client.force_login(users.person(role))
    assert client.get(ADDRESS).status_code == 403
