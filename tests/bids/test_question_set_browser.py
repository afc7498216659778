"""The sections of the standard forms in a real browser, with and without scripts."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from bids.domain import comments, standard_questions
from bids.domain.sections import sections_of as sections_of
from bids.models import Bid, Expression, Round
from innovation.audit import events
from tests.bids.test_answers import bid_with_standard_questions
from tests.browser.fixtures import Visit, Visitor
from tests.dates import MOMENT, OPENS_AT
from tests.factories import cases, users

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
DETAIL = "Who from, and about how much?"


def round_() -> Round:
    round = cases.round_(opens_at=OPENS_AT, closes_at=None)
    standard_questions.publish(round, by=events.SERVICE, at=OPENS_AT)
    return round


@pytest.fixture
def draft(site: str) -> Expression:
    return cases.draft(round=round_(), complete=False)


def section(case: Expression, slug: str) -> str:
    return reverse("bids:expression-section", args=[case.key, slug])


def signed_in_visitor(visit: Visit, user: Any, **how: Any) -> Visitor:
    visitor: Visitor = visit(**how)
    visitor.sign_in(user)
    return visitor


def test_a_question_is_revealed_by_its_answer_and_shown_without_scripts(
    visit: Visit, draft: Expression
) -> None:
    user = cases.editor_of(draft.lead)
    page = signed_in_visitor(visit, user).go(section(draft, "money"))
    expect(page.get_by_label(DETAIL)).to_be_hidden()
    page.get_by_label("Yes", exact=True).check()
    expect(page.get_by_label(DETAIL)).to_be_visible()
    page.get_by_label("No", exact=True).check()
    expect(page.get_by_label(DETAIL)).to_be_hidden()
    plain = signed_in_visitor(visit, user, javascript=False).go(section(draft, "money"))
    expect(plain.get_by_label(DETAIL)).to_be_visible()


def test_words_are_counted_while_they_are_typed(
    visit: Visit, draft: Expression
) -> None:
    user = cases.editor_of(draft.lead)
    page = signed_in_visitor(visit, user).go(section(draft, "why-it-is-new"))
    field = page.get_by_label("What is new about it?")
    status = page.locator("#question-new .govuk-character-count__status")
    field.fill("one two three")
    expect(status).to_have_text("You have 297 words remaining")
    field.fill("word " * 302)
    expect(status).to_have_text("You have 2 words too many")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("302 words")
    plain = signed_in_visitor(visit, user, javascript=False).go(
        section(draft, "why-it-is-new")
    )
    expect(plain.get_by_text("You can enter up to 300 words").first).to_be_visible()
    assert (
        plain.get_by_label("What is new about it?").input_value().count("word") == 302
    )


def test_every_section_of_an_expression_is_right(
    visit: Visit, draft: Expression
) -> None:
    visitor = signed_in_visitor(visit, cases.editor_of(draft.lead))
    sections = sections_of(draft)
    assert len(sections) == 9
    for each in sections:
        visitor.go(section(draft, each.slug))
        visitor.check(f"sections/expression-{each.slug}")


def test_every_section_of_a_bid_is_right(visit: Visit, site: str) -> None:
    bid = bid_with_standard_questions()
    official = users.official()
    comments.add(bid, code="money", text="Say more.", by=official, at=MOMENT)
    visitor = signed_in_visitor(visit, cases.editor_of(bid.lead))
    for each in sections_of(Bid.objects.get(pk=bid.pk)):
        visitor.go(reverse("bids:own-bid-section", args=[bid.key, each.slug]))
        visitor.check(f"sections/bid-{each.slug}")
