"""The copy of what was sent: an accessible PDF for the members of its organisation."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bids.domain import copies, expressions
from bids.domain.queries import case_snapshot
from bids.models import Expression
from innovation.core.text_blocks import text_blocks
from innovation.notifications import rendering
from innovation.notifications.models import Letter
from innovation.web import pdf
from tests.dates import MOMENT
from tests.factories import cases, users

pytestmark = pytest.mark.django_db
TYPED = '#panic("x") $ *b* _i_ <b> `c` \\ "q" @ref'
ROW = {"label": TYPED, "blocks": text_blocks(f"{TYPED}\n{TYPED}\t{TYPED}")}


def test_an_applicant_downloads_it_and_it_is_the_same_twice(client: Client) -> None:
    expression = cases.submitted_expression()
    page = reverse("bids:expression-copy", args=[expression.key])
    client.force_login(users.viewer(expression.lead))
    one, other = client.get(page), client.get(page)
    assert one["Content-Type"] == "application/pdf"
    assert one["Content-Disposition"] == f'attachment; filename="{expression.key}.pdf"'
    assert one.content.startswith(b"%PDF-")
    assert b"pdfuaid" in one.content
    assert one.content == other.content


def test_nobody_else_does_and_there_is_none_of_a_draft(client: Client) -> None:
    expression, draft = cases.submitted_expression(), cases.draft()
    page = reverse("bids:expression-copy", args=[expression.key])
    client.force_login(users.outsider())
    assert client.get(page).status_code == 404
    client.force_login(cases.editor_of(draft.lead))
    own = reverse("bids:expression-copy", args=[draft.key])
    assert client.get(own).status_code == 409


def test_a_bid_has_one_too(client: Client) -> None:
    bid = cases.submitted_bid()
    client.force_login(cases.editor_of(bid.lead))
    answer = client.get(reverse("bids:own-bid-copy", args=[bid.key]))
    assert answer.content.startswith(b"%PDF-")


def test_what_was_typed_is_shown_as_text_and_never_run() -> None:
    facts = {
        "key": "EOI-1",
        "title": TYPED,
        "lead": TYPED,
        "lines": [TYPED],
        "groups": [{"title": TYPED, "rows": [ROW]}],
    }
    assert pdf.render("bids/pdf/copy.typ", facts, at=MOMENT).startswith(b"%PDF-")


def test_it_says_every_answer_and_when_it_was_sent() -> None:
    draft = cases.draft(title="A better front door")
    by = cases.editor_of(draft.lead)
    expression = expressions.submit(draft, by=by, at=MOMENT)
    snapshot = case_snapshot.expressions_with_snapshot(
        Expression.objects.filter(pk=expression.pk)
    ).get()
    copy: dict[str, Any] = {**copies.submission_copy(snapshot)}
    assert copy["lines"][2] == "Sent at 10:30am (UK time) on 12 November 2014"
    rows = [row for group in copy["groups"] for row in group["rows"]]
    assert "A new way to support families." in [row["text"] for row in rows]


def test_the_letter_has_the_whole_copy_with_its_headings() -> None:
    bid = cases.submitted_bid()
    for kind, case in (("expression_received", bid.expression), ("bid_received", bid)):
        title, text = rendering.render_letter(Letter.objects.get(kind=kind))
        assert title.endswith(case.key)
        assert "> What is the idea?\n> A new way to support families." in text
        assert re.findall(r"^> (\d+)\. ", text, re.MULTILINE)[:2] == ["1", "2"]
        assert not re.search(r"\n{3}|[{}]|  ", text)
