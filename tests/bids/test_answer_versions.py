"""Intermediate versions that a page saved automatically are deleted later."""

from datetime import timedelta

import pytest

from bids.domain import answer_versions, comments, drafts
from bids.models import AnswerVersion, Bid, Expression, Signature
from tests.bids.draft_texts import saved_texts, summary_part
from tests.database_guards import force_update
from tests.dates import MOMENT, OPENS_AT, moment_after
from tests.factories import cases, users

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def draft() -> Expression:
    round = cases.round_(opens_at=OPENS_AT, closes_at=None)
    return cases.draft(round=round, complete=False)


def save_each(draft: Expression | Bid, texts: list[str], start: int = 0) -> None:
    """One every two seconds, from second `start` on."""
    user = cases.editor_of(draft.lead)
    for number, text in enumerate(texts):
        at = MOMENT.replace(minute=0) + timedelta(seconds=start + 2 * number)
        drafts.save(
            draft, summary_part(text), page="page", autosaved=True, by=user, at=at
        )


def test_of_what_a_page_saved_by_itself_the_last_of_ten_minutes_stays(
    draft: Expression,
) -> None:
    save_each(draft, ["H", "Ho", "Hom", "Home", "Homes"])
    assert answer_versions.thin(at=MOMENT + DAY) == 0
    assert answer_versions.thin(at=MOMENT + 3 * DAY) == 4
    assert saved_texts(draft) == ["Homes"]
    assert Expression.objects.get().summary == "Homes"


def test_later_the_last_of_an_hour_stays_and_then_of_a_day(draft: Expression) -> None:
    user = cases.editor_of(draft.lead)
    hours = MOMENT.replace(hour=9, minute=0)
    for minutes in (0, 15, 70, 130):
        drafts.save(
            draft,
            summary_part(f"After {minutes:03} minutes"),
            page="page",
            autosaved=True,
            by=user,
            at=hours + timedelta(minutes=minutes),
        )
    assert answer_versions.thin(at=MOMENT + 10 * DAY) == 0
    assert answer_versions.thin(at=MOMENT + 20 * DAY) == 1
    assert saved_texts(draft) == [
        "After 015 minutes",
        "After 070 minutes",
        "After 130 minutes",
    ]
    assert answer_versions.thin(at=MOMENT + 70 * DAY) == 2
    assert saved_texts(draft) == ["After 130 minutes"]


def test_what_somebody_signed_stays(draft: Expression) -> None:
    save_each(draft, ["Home", "Homes", "Homes for"])
    user = cases.editor_of(draft.lead)
    Signature.objects.create(
        expression=draft,
        signed_by=user,
        office="Authoriser",
        signed_at=MOMENT.replace(minute=0) + timedelta(seconds=3),
    )
    assert answer_versions.thin(at=MOMENT + 70 * DAY) == 1
    assert saved_texts(draft) == ["Homes", "Homes for"]


def test_what_somebody_commented_on_stays() -> None:
    official = users.official()
    bid = cases.bid_in_development(official=official)
    save_each(bid, ["Home", "Homes", "Homes for"])
    at = MOMENT.replace(minute=0) + timedelta(seconds=3)
    comments.add(bid, code="summary", text="For whom?", by=official, at=at)
    comments.add(
        bid, code="title", text="Shorter?", by=official, at=at.replace(second=1)
    )
    assert answer_versions.thin(at=MOMENT + 70 * DAY) == 1
    assert saved_texts(bid) == ["Homes", "Homes for"]


def test_what_somebody_else_wrote_on_from_stays(draft: Expression) -> None:
    colleague = users.applicant(draft.lead)
    save_each(draft, ["H", "Ho"])
    drafts.save(
        draft,
        summary_part("Hom"),
        page="another page",
        autosaved=True,
        by=colleague,
        at=MOMENT.replace(minute=0) + timedelta(seconds=4),
    )
    save_each(draft, ["Home", "Homes"], start=6)
    assert answer_versions.thin(at=MOMENT + 70 * DAY) == 2
    assert saved_texts(draft) == ["Ho", "Hom", "Homes"]


def test_what_somebody_chose_over_their_own_text_stays(draft: Expression) -> None:
    colleague = users.applicant(draft.lead)
    save_each(draft, ["H", "Ho"])
    seconds = MOMENT.replace(minute=0)
    overtaken = drafts.save(
        draft,
        summary_part("Houses"),
        seen={"summary": 0},
        page="another page",
        by=colleague,
        at=seconds + timedelta(seconds=2),
    )
    assert overtaken.overtaken == ["summary"]
    drafts.settle_overtaken(
        draft, {}, seen={"summary": 2}, by=colleague, at=seconds + timedelta(seconds=3)
    )
    save_each(draft, ["Hom", "Home"], start=4)
    assert answer_versions.thin(at=MOMENT + 70 * DAY) == 2
    assert set(saved_texts(draft)) == {"Ho", "Houses", "Home"}


def test_what_somebody_restored_stays(draft: Expression) -> None:
    save_each(draft, ["Home", "Homes", "Homes for"])
    user, at = cases.editor_of(draft.lead), moment_after(minutes=1)
    drafts.save(draft, summary_part("Homes"), by=user, at=at)
    assert answer_versions.thin(at=MOMENT + 70 * DAY) == 1
    assert saved_texts(draft) == ["Homes", "Homes for", "Homes"]


def test_what_was_taken_out_again_is_not_lost(draft: Expression) -> None:
    long = "A whole paragraph. " * 20
    save_each(draft, ["A", long[:100], long, "", "B", "Bo"])
    answer_versions.thin(at=MOMENT + 3 * DAY)
    rows = AnswerVersion.objects.order_by("number")
    texts = [row.raw_input.get("summary", [""])[0] for row in rows]
    assert texts == [long, "Bo"]


def test_what_a_person_saved_or_was_set_aside_stays(draft: Expression) -> None:
    save_each(draft, ["One"])
    user = cases.editor_of(draft.lead)
    drafts.save(
        draft, summary_part("One two"), page="page", by=user, at=moment_after(minutes=1)
    )
    save_each(draft, ["One two three"])
    force_update(AnswerVersion.objects.filter(number=1), set_aside=True)
    assert answer_versions.thin(at=MOMENT + 3 * DAY) == 0
