"""Answers are read at the full width, in the shape in which they were typed."""

import pytest

from bids.domain import expressions
from innovation.accounts.models import User
from tests.browser.fixtures import EACH_WIDTH, Visit
from tests.dates import MOMENT
from tests.factories import cases, users
from tests.narrowing import not_none

pytestmark = pytest.mark.browser
TABLE = "\tYear\tStaff\n2026–27\t14\t180\n\n  • indented   words\nlast"


@pytest.fixture
def official(transactional_db: None) -> User:
    return users.official()


@EACH_WIDTH
def test_a_table_keeps_its_tabs_and_has_the_width_of_the_list(
    width: int, visit: Visit, official: User
) -> None:
    round = cases.round_()
    cases.question_set(round)
    draft = cases.draft(round=round)
    by = cases.editor_of(draft.lead)
    expressions.save(draft, answers={"why": TABLE}, by=by, at=MOMENT)
    expressions.submit(draft, by=by, at=MOMENT)
    visitor = visit(width=width)
    visitor.sign_in(official)
    page = visitor.go(f"/cases/{draft.key}/answers")
    answers = page.locator(".app-summary-list").filter(has_text="Why is this needed?")
    value = answers.locator(".app-summary-list__row--long dd").first
    assert value.inner_text() == TABLE
    assert (
        not_none(value.bounding_box())["width"]
        > 0.95 * (not_none(answers.bounding_box())["width"])
    )
    visitor.check("cases/long-answers")
