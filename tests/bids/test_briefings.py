"""The one-page summary of an application, to print for a meeting."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bids.domain import bids, sign_off
from bids.domain.queries import briefings, case_snapshot
from bids.models import Bid, Expression
from innovation.core.money import Money
from innovation.web import pdf
from tests.browser import page_quality
from tests.browser.fixtures import Visit
from tests.dates import MOMENT, OPENS_AT
from tests.factories import cases, users

pytestmark = pytest.mark.django_db
TYPED = '#panic("x") $ *b* _i_ <b> `c` \\ "q" @ref'
SENTENCE = "Families meet one worker who stays with them, whatever they need. "


def full_bid(words: int = 300) -> Bid:
    """A bid as long as most are: several rows of each kind, some of them long."""
    round = cases.round_(opens_at=OPENS_AT, closes_at=None)
    bid = cases.bid_in_development(round=round)
    years = (2015, 2016, 2017)
    facts: dict[str, Any] = {
        "summary": (SENTENCE * words)[: words * 6],
        "partners": [users.organisation(f"Partner {number}") for number in range(4)],
        "asked": Money.pounds(9_000),
        "money": [
            {
                "financial_year": year,
                "category": "staff",
                "partner": None,
                "amount": Money.pounds(3_000),
            }
            for year in years
        ],
        "other_funding": [
            {
                "source": "The council",
                "financial_year": 2016,
                "amount": Money.pounds(500),
                "secured": True,
            }
        ],
        "outcomes": [
            {
                "description": f"Outcome {number}: fewer moves between homes",
                "measure": "Moves a year in the council’s own records",
                "baseline": 4,
                "target": 2,
                "due_on": date(2017, 3, 31),
            }
            for number in range(6)
        ],
        "milestones": [
            {"description": f"Milestone {number}", "due_on": date(2016, number, 1)}
            for number in range(1, 7)
        ],
        "risks": [
            {
                "description": f"Risk {number}: we cannot find enough staff",
                "likelihood": number,
                "impact": 3,
                "mitigation": "Start to recruit early, and train people we have.",
            }
            for number in range(1, 6)
        ],
    }
    bids.save(bid, facts=facts, answers=None, by=cases.editor_of(bid.lead), at=MOMENT)
    return Bid.objects.get(pk=bid.pk)


def summary_of(case: Bid | Expression, ending: str = "summary") -> str:
    page = "own-bid" if isinstance(case, Bid) else "expression"
    return reverse(f"bids:{page}-{ending}", args=[case.key])


def read(client: Client, case: Bid | Expression) -> str:
    client.force_login(users.viewer(case.lead))
    return client.get(summary_of(case)).text


def test_a_bid_is_on_one_page_with_what_a_meeting_decides_on(client: Client) -> None:
    bid = full_bid()
    text = read(client, bid)
    for words in (bid.title, bid.key, bid.lead.name, bid.round.name):
        assert words in text
    assert "Partner 0" in text
    for amounts in (["2016 to 2017", "£3,000", "£500", "£3,500"], ["Total", "£9,000"]):
        assert all(amount in text for amount in amounts)
    assert "Outcome 0: fewer moves between homes (measured by" in text
    assert "Not signed off yet" in text


def test_the_largest_risks_come_first_and_the_rest_is_counted() -> None:
    [parts] = [briefings.briefing(case_snapshot.with_snapshot(full_bid())).parts]
    by_title = {part.title: part for part in parts}
    risks = by_title["Main risks"]
    assert [row[:6] for row in risks.rows] == ["Risk 5", "Risk 4", "Risk 3", "Risk 2"]
    assert risks.left_out == 1
    assert by_title["What would be different for children"].left_out == 2
    assert by_title["Milestones"].rows[0] == "1 January 2016: Milestone 1"


def test_a_long_summary_is_cut_and_says_so(client: Client) -> None:
    bid = full_bid()
    long = briefings.briefing(case_snapshot.with_snapshot(bid))
    assert len(long.summary.split()) <= briefings.SUMMARY_WORDS + 1
    assert long.summary.endswith(" …")
    assert "The application has the full text" in read(client, bid)
    draft = cases.draft()
    short = briefings.briefing(case_snapshot.with_snapshot(draft))
    assert (short.summary, short.is_summary_cut) == (draft.summary, False)
    text = read(client, draft)
    assert "The application has the full text" not in text
    assert "From others" not in text, "An expression is not asked for it"


def test_an_empty_draft_says_what_is_not_written_yet(client: Client) -> None:
    text = read(client, cases.draft(complete=False))
    for words in ("Not written yet", "No amount is entered yet", "None named yet"):
        assert words in text


def test_it_says_who_signed_until_the_signature_ends(client: Client) -> None:
    draft = cases.draft()
    signer = cases.editor_of(draft.lead)
    sign_off.sign(draft, by=signer, at=MOMENT)
    assert f"Signed off by {signer}" in read(client, draft)
    sent = cases.submitted_expression()
    assert "Sent on 12 November 2014" in read(client, sent)


def test_the_application_leads_to_it(client: Client) -> None:
    for case in (cases.draft(), cases.submitted_expression(), full_bid()):
        client.force_login(users.viewer(case.lead))
        page = "own-bid" if isinstance(case, Bid) else "expression"
        text = client.get(reverse(f"bids:{page}", args=[case.key])).text
        assert f'href="{summary_of(case)}"' in text


def test_it_can_be_downloaded_as_an_accessible_pdf(client: Client) -> None:
    for case in (cases.draft(complete=False), full_bid()):
        client.force_login(users.viewer(case.lead))
        answer = client.get(summary_of(case, "summary-download"))
        assert answer["Content-Type"] == "application/pdf"
        assert f'filename="{case.key}-summary.pdf"' in answer["Content-Disposition"]
        assert b"pdfuaid" in answer.content
        assert pages_of(answer.content) == 1


def test_what_was_typed_is_shown_as_text_and_never_run() -> None:
    part = {"title": TYPED, "rows": [TYPED], "left_out": 1}
    row = dict.fromkeys(("label", "requested", "other_funding", "total"), TYPED)
    texts = ("key", "title", "lead", "round", "sign_off", "as_at", "summary")
    facts = {
        **dict.fromkeys(texts, TYPED),
        "totals": [row],
        "is_summary_cut": True,
        "has_other_funding": True,
        "partners": part,
        "places": part,
        "parts": [part],
    }
    assert pdf.render("bids/pdf/briefing.typ", facts, at=MOMENT).startswith(b"%PDF-")


def test_an_outsider_finds_no_summary(client: Client) -> None:
    for case in (cases.draft(), full_bid()):
        for ending in ("summary", "summary-download"):
            for stranger in (users.outsider(), cases.editor_of(users.organisation())):
                client.force_login(stranger)
                assert client.get(summary_of(case, ending)).status_code == 404
            client.force_login(users.official())
            assert client.get(summary_of(case, ending)).status_code == 403


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_it_prints_on_one_sheet_of_a4(visit: Visit) -> None:
    bid = full_bid()
    visitor = visit()
    visitor.sign_in(cases.editor_of(bid.lead))
    page = visitor.go(summary_of(bid))
    visitor.check("bids/briefing")
    assert pages_of(page.pdf(prefer_css_page_size=True)) == 1
    page.emulate_media(media="print")
    page.set_viewport_size(page_quality.PAPER)
    visitor.save_document_picture("briefing-printed")


def pages_of(file: bytes) -> int:
    return file.count(b"/Type /Page\n") + file.count(b"/Type/Page/")
