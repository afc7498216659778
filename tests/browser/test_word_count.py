"""The browser counts words as the server does, while they are typed."""

import json
from pathlib import Path

import pytest
from django.urls import reverse

from innovation.accounts.models import User
from tests.browser.fixtures import Visit
from tests.dates import OPENS_AT
from tests.factories import cases, users

pytestmark = pytest.mark.browser
CASES: list[tuple[str, int]] = json.loads(
    Path("tests/core/word_counts.json").read_text()
)
WORDS = 300


@pytest.fixture
def applicant(transactional_db: None) -> User:
    return users.applicant()


def test_each_text_leaves_as_many_words_as_the_server_allows(
    visit: Visit, applicant: User
) -> None:
    round = cases.round_(opens_at=OPENS_AT, closes_at=None)
    cases.question_set(round)
    draft = cases.draft(by=applicant, round=round)
    visitor = visit()
    visitor.sign_in(applicant)
    page = visitor.go(reverse("bids:expression-section", args=[draft.key, "your-idea"]))
    counts = {}
    for text, _ in CASES:
        page.fill("#id_why", text)
        counts[text] = page.locator(".govuk-character-count__status").first.inner_text()
    assert counts == {
        text: f"You have {WORDS - words} words remaining" for text, words in CASES
    }
