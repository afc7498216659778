"""Saving drafts: nothing typed is lost, and nobody is overwritten without a choice."""

from typing import Any

import pytest

from bids.domain import completeness, drafts, expressions
from bids.domain.answer_versions import DraftAnswer
from bids.domain.drafts import SaveResult
from bids.domain.queries import answer_versions
from bids.models import AnswerVersion, Expression
from innovation.accounts.models import User
from innovation.audit.models import Event
from innovation.core.errors import NotAllowed
from tests.dates import MOMENT, moment_after
from tests.factories import cases, users

pytestmark = pytest.mark.django_db


def part(text: str, *, before: str = "", readable: bool = True) -> DraftAnswer:
    return DraftAnswer(
        raw_input={"summary": [text]},
        initial={"summary": [before]},
        facts={"summary": text},
        readable=readable,
    )


class SharedDraft:
    """A draft and two people of its organisation who write in it."""

    def __init__(self) -> None:
        self.draft = cases.draft(complete=False)
        self.one = cases.editor_of(self.draft.lead)
        self.two = users.applicant(self.draft.lead)

    def save(
        self, by: User, text: str, seen: int | None = None, **more: Any
    ) -> SaveResult:
        before = more.pop("before", "")
        return drafts.save(
            self.draft,
            {"summary": part(text, before=before)},
            seen=None if seen is None else {"summary": seen},
            by=by,
            at=more.pop("at", MOMENT),
            **more,
        )

    @property
    def summary(self) -> str:
        return Expression.objects.get(pk=self.draft.pk).summary

    def texts(self) -> list[tuple[int, str, bool]]:
        rows = AnswerVersion.objects.order_by("number")
        return [
            (r.number, r.raw_input.get("summary", [""])[0], r.set_aside) for r in rows
        ]

    def problem(self) -> list[str] | None:
        return completeness.problems(Expression.objects.get(), MOMENT).get("summary")

    def events(self) -> list[Any]:
        return list(
            Event.objects.filter(name="expression.saved").values_list("data", flat=True)
        )


@pytest.fixture
def shared_draft() -> SharedDraft:
    return SharedDraft()


def test_what_is_saved_is_written_down_and_kept_as_a_version(
    shared_draft: SharedDraft,
) -> None:
    result = shared_draft.save(shared_draft.one, "Homes near a hub.", 0)
    assert result == SaveResult(numbers={"summary": 1})
    assert shared_draft.summary == "Homes near a hub."
    assert shared_draft.texts() == [(1, "Homes near a hub.", False)]
    assert shared_draft.events() == [{"changed": ["summary"]}]


def test_the_same_text_twice_is_one_version_and_one_event(
    shared_draft: SharedDraft,
) -> None:
    shared_draft.save(shared_draft.one, "Homes\nnear a hub.", 0)
    shared_draft.save(shared_draft.one, "Homes\r\nnear a hub.", 1)
    assert shared_draft.texts() == [(1, "Homes\nnear a hub.", False)]
    assert len(shared_draft.events()) == 1


def test_the_text_before_the_first_version_is_kept_too(
    shared_draft: SharedDraft,
) -> None:
    expressions.save(
        shared_draft.draft, facts={"summary": "First"}, by=shared_draft.one, at=MOMENT
    )
    shared_draft.save(shared_draft.one, "Second", 0, before="First")
    assert shared_draft.texts() == [(1, "First", False), (2, "Second", False)]
    assert AnswerVersion.objects.get(number=1).saved_by is None


def test_a_text_over_a_newer_one_is_set_aside_and_nothing_overwritten(
    shared_draft: SharedDraft,
) -> None:
    shared_draft.save(shared_draft.one, "Ours", 0, page="a")
    result = shared_draft.save(shared_draft.two, "Theirs", 0, page="b")
    assert result.overtaken == ["summary"]
    assert shared_draft.summary == "Ours"
    assert shared_draft.texts() == [(1, "Ours", False), (2, "Theirs", True)]
    assert [
        *answer_versions.overtaken_versions(shared_draft.draft, shared_draft.two)
    ] == ["summary"]
    assert (
        answer_versions.overtaken_versions(shared_draft.draft, shared_draft.one) == {}
    )


def test_another_tab_of_the_same_person_is_somebody_else(
    shared_draft: SharedDraft,
) -> None:
    shared_draft.save(shared_draft.one, "In one tab", 0, page="a")
    assert shared_draft.save(shared_draft.one, "In another", 0, page="b").overtaken == [
        "summary"
    ]
    assert shared_draft.summary == "In one tab"


def test_a_page_never_overtakes_itself(shared_draft: SharedDraft) -> None:
    """The server had saved it, but its answer never reached the page."""
    shared_draft.save(shared_draft.one, "Homes", 0, page="a", autosaved=True)
    result = shared_draft.save(
        shared_draft.one, "Homes near a hub", 0, page="a", autosaved=True
    )
    assert result == SaveResult(numbers={"summary": 2})
    assert shared_draft.summary == "Homes near a hub"


def test_what_somebody_did_not_touch_overwrites_nothing(
    shared_draft: SharedDraft,
) -> None:
    shared_draft.save(shared_draft.one, "First", 0)
    shared_draft.save(shared_draft.one, "Second", 1, page="a")
    result = shared_draft.save(shared_draft.two, "First", 1, page="b")
    assert result == SaveResult(numbers={"summary": 1}, behind=["summary"])
    assert shared_draft.summary == "Second"
    assert shared_draft.save(shared_draft.two, "Third", 1, page="b").overtaken == [
        "summary"
    ]


def test_a_text_that_was_kept_and_then_changed_by_a_colleague_is_no_collision(
    shared_draft: SharedDraft,
) -> None:
    """The browser never heard that it was kept, and brings it back the next day."""
    shared_draft.save(shared_draft.one, "Homes", 0, page="a", autosaved=True)
    shared_draft.save(shared_draft.two, "Homes near a hub", 1, page="b")
    result = shared_draft.save(shared_draft.one, "Homes", 0, page="a", autosaved=True)
    assert result.behind == ["summary"]
    assert shared_draft.summary == "Homes near a hub"


def test_two_who_type_the_same_do_not_collide(shared_draft: SharedDraft) -> None:
    shared_draft.save(shared_draft.one, "The same", 0, page="a")
    assert shared_draft.save(shared_draft.two, "The same", 0, page="b").overtaken == []


def test_a_newer_version_that_went_back_is_no_collision(
    shared_draft: SharedDraft,
) -> None:
    shared_draft.save(shared_draft.one, "First", 0)
    shared_draft.save(shared_draft.one, "Second", 1, page="a")
    shared_draft.save(shared_draft.one, "First", 2, page="a")
    assert shared_draft.save(shared_draft.two, "Third", 1, page="b") == SaveResult(
        numbers={"summary": 4}
    )


def test_everything_else_is_saved_when_one_answer_is_overtaken(
    shared_draft: SharedDraft,
) -> None:
    shared_draft.save(shared_draft.one, "Ours", 0, page="a")
    title = DraftAnswer({"title": ["New name"]}, facts={"title": "New name"})
    result = drafts.save(
        shared_draft.draft,
        {"summary": part("Theirs"), "title": title},
        seen={},
        page="b",
        by=shared_draft.two,
        at=MOMENT,
    )
    assert (result.overtaken, result.numbers["title"]) == (["summary"], 1)
    assert Expression.objects.get(pk=shared_draft.draft.pk).title == "New name"


def test_choosing_settles_it(shared_draft: SharedDraft) -> None:
    shared_draft.save(shared_draft.one, "Ours", 0, page="a")
    shared_draft.save(shared_draft.two, "Theirs", 0, page="b")
    drafts.settle_overtaken(
        shared_draft.draft,
        {"summary": part("Ours and theirs")},
        seen={"summary": 1},
        by=shared_draft.two,
        at=moment_after(minutes=1),
    )
    assert shared_draft.summary == "Ours and theirs"
    assert (
        answer_versions.overtaken_versions(shared_draft.draft, shared_draft.two) == {}
    )
    assert AnswerVersion.objects.get(set_aside=True).settled_at == moment_after(
        minutes=1
    )


def test_choosing_the_other_text_makes_no_version(shared_draft: SharedDraft) -> None:
    shared_draft.save(shared_draft.one, "Ours", 0, page="a")
    shared_draft.save(shared_draft.two, "Theirs", 0, page="b")
    drafts.settle_overtaken(
        shared_draft.draft, {}, seen={"summary": 1}, by=shared_draft.two, at=MOMENT
    )
    assert shared_draft.summary == "Ours"
    assert (
        answer_versions.overtaken_versions(shared_draft.draft, shared_draft.two) == {}
    )
    assert AnswerVersion.objects.count() == 2


def test_choosing_over_a_still_newer_text_asks_again(shared_draft: SharedDraft) -> None:
    shared_draft.save(shared_draft.one, "Ours", 0, page="a")
    shared_draft.save(shared_draft.two, "Theirs", 0, page="b")
    shared_draft.save(shared_draft.one, "Ours, longer", 1, page="a")
    result = drafts.settle_overtaken(
        shared_draft.draft,
        {"summary": part("Theirs")},
        seen={"summary": 1},
        by=shared_draft.two,
        at=MOMENT,
    )
    assert result.overtaken == ["summary"]
    assert (
        answer_versions.overtaken_versions(shared_draft.draft, shared_draft.two)[
            "summary"
        ].settled_at
        is None
    )


def test_a_page_that_goes_on_saving_sets_the_same_text_aside_once(
    shared_draft: SharedDraft,
) -> None:
    shared_draft.save(shared_draft.one, "Ours", 0, page="a")
    for text in ("Theirs", "Theirs", "Theirs, longer"):
        shared_draft.save(shared_draft.two, text, 0, page="b", autosaved=True)
    assert [text for _, text, is_set_aside in shared_draft.texts() if is_set_aside] == [
        "Theirs",
        "Theirs, longer",
    ]
    overtaken = answer_versions.overtaken_versions(
        shared_draft.draft, shared_draft.two
    )["summary"]
    assert overtaken.raw_input == {"summary": ["Theirs, longer"]}


def test_what_cannot_be_read_is_kept_and_stops_the_sending(
    shared_draft: SharedDraft,
) -> None:
    shared_draft.save(shared_draft.one, "Good", 0)
    unreadable = {"summary": part("???", readable=False)}
    drafts.save(
        shared_draft.draft,
        unreadable,
        seen={"summary": 1},
        by=shared_draft.one,
        at=MOMENT,
    )
    assert shared_draft.summary == "Good"
    assert shared_draft.problem() == [
        "Correct “What is the idea?”: check the numbers and dates"
    ]
    shared_draft.save(shared_draft.one, "Better", 2)
    assert shared_draft.problem() is None


def test_what_the_domain_refuses_is_kept_and_keeps_nothing_else_back(
    shared_draft: SharedDraft,
) -> None:
    partners = DraftAnswer(
        {"partners": ["Ourselves"]}, facts={"partners": [shared_draft.draft.lead]}
    )
    result = drafts.save(
        shared_draft.draft,
        {"partners": partners, "summary": part("Homes")},
        seen={},
        by=shared_draft.one,
        at=MOMENT,
    )
    assert [*result.problems] == ["partners"]
    assert shared_draft.summary == "Homes"
    assert answer_versions.unreadable_codes(shared_draft.draft) == ["partners"]


def test_saving_by_itself_makes_no_event_and_a_person_s_own_tells_of_all(
    shared_draft: SharedDraft,
) -> None:
    shared_draft.save(
        shared_draft.one,
        "Homes",
        0,
        page="a",
        autosaved=True,
        at=moment_after(minutes=1),
    )
    assert shared_draft.events() == []
    shared_draft.save(
        shared_draft.one, "Homes", 1, page="a", at=moment_after(minutes=2)
    )
    assert shared_draft.events() == [{"changed": ["summary"]}]
    shared_draft.save(
        shared_draft.one, "Homes", 1, page="a", at=moment_after(minutes=3)
    )
    assert len(shared_draft.events()) == 1


def test_what_is_typed_after_the_draft_was_sent_is_kept_aside(
    shared_draft: SharedDraft,
) -> None:
    expressions.withdraw(shared_draft.draft, by=shared_draft.one, at=MOMENT)
    result = shared_draft.save(shared_draft.two, "Too late", 0)
    assert "can’t be changed" in result.too_late
    assert shared_draft.texts() == [(1, "Too late", True)]
    assert (
        shared_draft.summary,
        answer_versions.overtaken_versions(shared_draft.draft, shared_draft.two),
    ) == ("", {})


def test_nobody_else_s_draft_can_be_written(shared_draft: SharedDraft) -> None:
    for outsider in (
        users.outsider(),
        users.viewer(shared_draft.draft.lead),
        users.official(),
    ):
        with pytest.raises(NotAllowed):
            shared_draft.save(outsider, "Mine now", 0)
    assert AnswerVersion.objects.count() == 0


def test_a_bid_keeps_versions_like_an_expression() -> None:
    bid = cases.bid_in_development()
    by = cases.editor_of(bid.lead)
    result = drafts.save(bid, {"summary": part("More")}, seen={}, by=by, at=MOMENT)
    assert result == SaveResult(numbers={"summary": 1})
    bid.refresh_from_db()
    assert bid.summary == "More"
