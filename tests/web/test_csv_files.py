"""Every CSV of the service is written in one way."""

import csv
import io
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.http import StreamingHttpResponse
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from bids.models import Expression
from innovation.accounts.models import User
from innovation.core import clock
from innovation.registers.definitions import REGISTERS
from innovation.reporting import report_builder, reports
from innovation.reporting.report_types import REPORT_TYPES
from innovation.web import csv_files
from innovation.web.csv_files import CsvWriter
from tests.accounts.role_changes import give_role
from tests.database_guards import force_update
from tests.factories import barriers, cases, registers, users

ROOT = Path(__file__).parents[2]
MARK = b"\xef\xbb\xbf"
AWKWARD = '=1+1\n“Zoë”, "quoted"'


def csv_bytes(*rows: list[object]) -> bytes:
    file = io.BytesIO()
    with closing(CsvWriter(file, ["A", "B, C"])) as writer:
        writer.write_rows(rows)
    return file.getvalue()


def test_a_file_has_a_mark_line_ends_and_guarded_text() -> None:
    moment = datetime(2015, 3, 3, 17, tzinfo=UTC)
    content = csv_bytes(
        ["=1+1", None], [date(2015, 3, 3), Decimal("-1.50")], [moment, 7]
    )
    assert content == MARK + (
        b'A,"B, C"\r\n\'=1+1,\r\n2015-03-03,-1.50\r\n2015-03-03T17:00:00.000000Z,7\r\n'
    )


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＠", "\t", "\r"])
def test_no_cell_is_read_as_a_formula(start: str) -> None:
    text = io.StringIO(csv_bytes([f"{start}1+1", "x"]).decode("utf-8-sig"), newline="")
    assert list(csv.reader(text))[1] == [f"'{start}1+1", "x"]


@given(
    st.lists(st.text(alphabet='a",\n\r;é', max_size=6), min_size=1, max_size=12),
    st.integers(1, 7),
)
def test_lines_that_postgresql_wrote_end_alike(texts: list[str], size: int) -> None:
    """Wherever the pieces are cut, and whatever is inside a cell."""
    lines = [
        b'"' + text.encode().replace(b'"', b'""') + b'",' + str(number).encode()
        for number, text in enumerate(texts)
    ]
    content = b"".join(line + b"\n" for line in lines)
    pieces = [content[at : at + size] for at in range(0, len(content), size)]
    ended = b"".join(line + b"\r\n" for line in lines)
    assert b"".join(csv_files.end_lines(pieces)) == ended


def test_nothing_else_writes_csv() -> None:
    own = ROOT / "innovation/web/csv_files.py"
    modules = [
        path
        for folder in ("innovation", "bids", "funding")
        for path in (ROOT / folder).rglob("*.py")
        if path != own
    ]
    assert len(modules) > 300
    for path in modules:
        source = path.read_text()
        assert "csv.writer" not in source, path
        assert "text/csv" not in source, path


@pytest.fixture
def reader(settings: Settings, tmp_path: Path) -> User:
    """Somebody who may have every file, of which each has a row with awkward text."""
    settings.MEDIA_ROOT = tmp_path
    expression = cases.submitted_expression()
    force_update(Expression.objects.filter(pk=expression.pk), title=AWKWARD)
    barriers.entry(law_or_rule=AWKWARD)
    for register in REGISTERS:
        registers.row(register, **{register.columns[0]: AWKWARD})
    coach = users.coach()
    give_role(coach, "finance")
    force_update(User.objects.filter(pk=coach.pk), name="=1+1 Zoë")
    return users.person("analyst", "official", "administrator")


def answer_bytes(answer: Any) -> bytes:
    content: bytes = (
        answer.getvalue()
        if isinstance(answer, StreamingHttpResponse)
        else answer.content
    )
    assert answer["Content-Type"] == csv_files.MEDIA_TYPE
    return content


def files(reader: User, client: Client) -> Iterator[tuple[str, bytes]]:
    """Each CSV that somebody can get, by name."""
    client.force_login(reader)
    names = [
        *(
            f"reporting:{each.name}"
            for each in REPORT_TYPES.values()
            if each.is_streamed
        ),
        *(f"registers:{register.name}-csv" for register in REGISTERS),
        "funding:import-template",
    ]
    for name in names:
        yield name, answer_bytes(client.get(reverse(name)))
    for kind in REPORT_TYPES.values():
        if kind.is_built:
            report = reports.ask(kind, params={}, by=reader, at=clock.now())
            report_builder.build(report.pk)
            page = reverse("reporting:file", args=[report.key])
            yield f"built {kind.name}", answer_bytes(client.get(page))


@pytest.mark.django_db
def test_every_csv_begins_and_ends_its_lines_alike_and_guards_text(
    reader: User, client: Client
) -> None:
    contents = dict(files(reader, client))
    assert len(contents) == 10
    for name, content in contents.items():
        assert content.startswith(MARK), name
        assert content.endswith(b"\r\n"), name
        text = content.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline="")))
        assert len({len(row) for row in rows}) == 1, name
        guarded = [cell for row in rows for cell in row if cell.startswith("'=1+1")]
        assert guarded or name == "funding:import-template", name
        starts = {cell[:1] for row in rows for cell in row}
        assert not starts & {"=", "+", "-", "@"}, name
        outside = "".join(text.split('"')[::2])
        assert outside.count("\n") == outside.count("\r\n") >= 1, name


@pytest.mark.django_db
def test_the_outsider_gets_no_csv(client: Client) -> None:
    client.force_login(users.outsider())
    for name in ("reporting:all-cases", "reporting:roles", "funding:import-template"):
        assert client.get(reverse(name)).status_code == 403
