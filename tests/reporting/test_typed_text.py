"""What somebody types comes through every output whole: pages, letters, their mail,
PDF, CSV, workbook and API. Each escapes for what it is.
"""

import csv
import io
import re
from collections.abc import Iterator
from contextlib import closing
from email import message_from_bytes, policy
from typing import Any

import pytest
from django.core.mail.backends.smtp import EmailBackend
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from hypothesis import assume, example, given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from bids.domain import copies, expressions
from bids.domain.queries import case_snapshot
from bids.models import Expression
from innovation.accounts.models import User
from innovation.core import child_data, clock
from innovation.notifications import gateways, rendering
from innovation.notifications.models import Letter
from innovation.reporting.file_writers import XlsxWriter
from innovation.reporting.report_types.cases import Cases, case_rows
from innovation.web import csv_export, pdf
from innovation.web.csv_files import FORMULA_STARTS
from innovation.web.templatetags.letters import quote
from tests.api.api_client import ApiClient
from tests.dates import OPENS_AT
from tests.drives import drive
from tests.factories import cases, users

pytestmark = pytest.mark.django_db
# Controls, what cannot be seen, and what cannot be printed, are dropped.
LETTERS = st.characters(exclude_categories=("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"))
TITLES = (
    st.text(LETTERS, min_size=1, max_size=200)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
LINES = st.text(LETTERS | st.sampled_from("\t\t  •&<'"), max_size=120)
ANSWERS = (
    st.lists(LINES, min_size=1, max_size=10)
    .map(lambda lines: re.sub(r"\A(\s*\n)+", "", "\n".join(lines)).rstrip())
    .filter(bool)
)
TITLE = "O'Neill & Sons’ “plan” <b>1</b> £5 {{ x }} %s"
TABLE = "\tYear\tStaff\n2026–27\t14\t180\n\n  indented\n• one & <two>\n\tइन"


@pytest.fixture
def applicant(client: Client) -> User:
    applicant = users.applicant()
    client.force_login(applicant)
    return applicant


@pytest.fixture
def reader() -> "Reader":
    return Reader()


class Reader:
    """An official on the pages and over the API."""

    def __init__(self) -> None:
        official = users.official()
        self.api = ApiClient(official)
        self.client = Client()
        self.client.force_login(official)

    def page(self, name: str, *parts: str) -> str:
        return self.client.get(reverse(name, args=parts)).content.decode()


def send(client: Client, applicant: User, title: str, why: str) -> Expression:
    """Type a title and an answer into their forms, and send the expression."""
    round = cases.round_(opens_at=OPENS_AT, closes_at=None)
    cases.question_set(round)
    draft = cases.draft(by=applicant, round=round)
    for section, values in (
        ("the-idea", {"title": title, "summary": why}),
        ("your-idea", {"why": why}),
    ):
        address = reverse("bids:expression-section", args=[draft.key, section])
        answer = client.post(address, values)
        assert answer.status_code == 302, answer.content.decode()
        assert escape(why) in client.get(address).content.decode()
    draft.refresh_from_db()
    expressions.submit(draft, by=applicant, at=clock.now())
    rows = Expression.objects.filter(pk=draft.pk)
    return case_snapshot.expressions_with_snapshot(rows).get()


def check_every_output(
    expression: Expression, title: str, why: str, reader: Reader
) -> None:
    assert (expression.title, expression.summary) == (title, why)
    check_page(reader.page("bids:case-answers", expression.key), title, why)
    check_letter(expression, title, why)
    facts = copies.submission_copy(expression)
    assert pdf.render("bids/pdf/copy.typ", facts, at=clock.now())
    check_files(expression, title)
    read = reader.api.get(f"expressions/{expression.key}/").json()
    assert (read["title"], read["summary"]) == (title, why)
    assert [answer["value"] for answer in read["answers"]] == [why]


def check_page(page: str, title: str, why: str) -> None:
    assert escape(title) in page
    assert "<br>".join(escape(line) for line in why.split("\n")) in page


def check_letter(expression: Expression, title: str, why: str) -> None:
    letter = Letter.objects.get(
        kind="expression_received", subject_reference=expression.key
    )
    letter.title, letter.text = rendering.render_letter(letter)
    assert quote(title) in letter.text
    assert "\n".join(f"> {line}".rstrip() for line in why.split("\n")) in letter.text
    mail = gateways._message(letter, EmailBackend()).message().as_bytes()
    received = message_from_bytes(mail, policy=policy.default)
    assert received["subject"] == letter.title
    assert received.get_content().rstrip() == letter.text.rstrip()


def check_files(expression: Expression, title: str) -> None:
    rows = case_rows(Expression.objects.filter(pk=expression.pk))
    guarded = f"'{title}" if title.startswith(FORMULA_STARTS) else title
    assert [row[1] for row in csv_rows(rows)] == ["Title", guarded]
    # A cell of a workbook says itself that it is text.
    assert [row[1] for row in workbook_rows(rows)] == ["Title", title]


def csv_rows(rows: Any) -> Iterator[list[str]]:
    text = b"".join(csv_export.stream_csv(Cases.columns, rows)).decode()
    return csv.reader(io.StringIO(text, newline=""))


def workbook_rows(rows: Any) -> list[Any]:
    file = io.BytesIO()
    with closing(XlsxWriter(file, Cases.columns)) as writer:
        writer.write_rows(rows)
    file.seek(0)
    return CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()


def names_a_child(text: str) -> bool:
    """The form asks about such words before it keeps them."""
    return bool(child_data.find(text, today=clock.london_day(clock.now())))


@drive(3, all=300)
@example(title=TITLE, why=TABLE)
@example(title="=1+1", why="@")
@example(title="＠", why="-")
@given(title=TITLES, why=ANSWERS)
def test_no_letter_is_changed_in_any_output(
    client: Client, applicant: User, reader: Reader, title: str, why: str
) -> None:
    assume(not names_a_child(title) and not names_a_child(why))
    expression = send(client, applicant, title, why)
    check_every_output(expression, title, why, reader)


@pytest.mark.parametrize(
    ("text", "saved"),
    [
        ("\x00Home\x00s", "Homes"),
        ("Homes\u200b\u202e", "Homes"),
        (" Homes\r\n\tfor  all ", "Homes for all"),
        ("\uf0b7 Homes", "• Homes"),
    ],
)
def test_what_cannot_be_seen_is_dropped_before_it_is_kept(
    client: Client, applicant: User, reader: Reader, text: str, saved: str
) -> None:
    expression = send(client, applicant, text, "Families wait.")
    check_every_output(expression, saved, "Families wait.", reader)


def test_a_stranger_reads_none_of_it(client: Client, applicant: User) -> None:
    expression = send(client, applicant, TITLE, TABLE)
    outsider = users.outsider()
    client.force_login(outsider)
    for name in ("bids:expression", "bids:expression-copy"):
        assert client.get(reverse(name, args=[expression.key])).status_code == 404
    assert ApiClient(outsider).get(f"expressions/{expression.key}/").status_code == 404
