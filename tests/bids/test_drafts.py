"""What is typed is kept, whoever else types, and nobody is overwritten unasked."""

from typing import Any

import pytest

from bids.domain import completeness, drafts, expressions
from bids.domain.drafts import Part, Saved
from bids.domain.queries import versions
from bids.models import AnswerVersion, Expression
from innovation.accounts.models import User
from innovation.audit.models import Event
from innovation.core.errors import NotAllowed
from tests import cases, cast
from tests.dates import MOMENT, later

pytestmark = pytest.mark.django_db


def part(text: str, *, before: str = "", readable: bool = True) -> Part:
    return Part(
        typed={"summary": [text]},
        before={"summary": [before]},
        facts={"summary": text},
        readable=readable,
    )


class Desk:
    """A draft and two people of its organisation who write in it."""

    def __init__(self) -> None:
        self.draft = cases.draft(complete=False)
        self.one = cases.editor_of(self.draft.lead)
        self.two = cast.applicant(self.draft.lead)

    def save(self, by: User, text: str, seen: int | None = None, **more: Any) -> Saved:
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
        return [(r.number, r.typed.get("summary", [""])[0], r.set_aside) for r in rows]

    def problem(self) -> list[str] | None:
        return completeness.problems(Expression.objects.get()).get("summary")

    def events(self) -> list[Any]:
        return list(
            Event.objects.filter(name="expression.saved").values_list("data", flat=True)
        )


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_what_is_saved_is_written_down_and_kept_as_a_version(desk: Desk) -> None:
    saved = desk.save(desk.one, "Homes near a hub.", 0)
    assert saved == Saved(numbers={"summary": 1})
    assert desk.summary == "Homes near a hub."
    assert desk.texts() == [(1, "Homes near a hub.", False)]
    assert desk.events() == [{"changed": ["summary"]}]


def test_the_same_text_twice_is_one_version_and_one_event(desk: Desk) -> None:
    desk.save(desk.one, "Homes\nnear a hub.", 0)
    desk.save(desk.one, "Homes\r\nnear a hub.", 1)
    assert desk.texts() == [(1, "Homes\nnear a hub.", False)]
    assert len(desk.events()) == 1


def test_the_text_before_the_first_version_is_kept_too(desk: Desk) -> None:
    expressions.save(desk.draft, facts={"summary": "First"}, by=desk.one, at=MOMENT)
    desk.save(desk.one, "Second", 0, before="First")
    assert desk.texts() == [(1, "First", False), (2, "Second", False)]
    assert AnswerVersion.objects.get(number=1).saved_by is None


def test_a_text_over_a_newer_one_is_set_aside_and_nothing_overwritten(
    desk: Desk,
) -> None:
    desk.save(desk.one, "Ours", 0, page="a")
    saved = desk.save(desk.two, "Theirs", 0, page="b")
    assert saved.overtaken == ["summary"]
    assert desk.summary == "Ours"
    assert desk.texts() == [(1, "Ours", False), (2, "Theirs", True)]
    assert [*versions.waiting(desk.draft, desk.two)] == ["summary"]
    assert versions.waiting(desk.draft, desk.one) == {}


def test_another_tab_of_the_same_person_is_somebody_else(desk: Desk) -> None:
    desk.save(desk.one, "In one tab", 0, page="a")
    assert desk.save(desk.one, "In another", 0, page="b").overtaken == ["summary"]
    assert desk.summary == "In one tab"


def test_a_page_never_overtakes_itself(desk: Desk) -> None:
    """The server had saved it, but its answer never reached the page."""
    desk.save(desk.one, "Homes", 0, page="a", autosaved=True)
    saved = desk.save(desk.one, "Homes near a hub", 0, page="a", autosaved=True)
    assert saved == Saved(numbers={"summary": 2})
    assert desk.summary == "Homes near a hub"


def test_what_somebody_did_not_touch_overwrites_nothing(desk: Desk) -> None:
    desk.save(desk.one, "First", 0)
    desk.save(desk.one, "Second", 1, page="a")
    saved = desk.save(desk.two, "First", 1, page="b")
    assert saved == Saved(numbers={"summary": 1}, behind=["summary"])
    assert desk.summary == "Second"
    assert desk.save(desk.two, "Third", 1, page="b").overtaken == ["summary"]


def test_a_text_that_was_kept_and_then_changed_by_a_colleague_is_no_collision(
    desk: Desk,
) -> None:
    """The browser never heard that it was kept, and brings it back the next day."""
    desk.save(desk.one, "Homes", 0, page="a", autosaved=True)
    desk.save(desk.two, "Homes near a hub", 1, page="b")
    saved = desk.save(desk.one, "Homes", 0, page="a", autosaved=True)
    assert saved.behind == ["summary"]
    assert desk.summary == "Homes near a hub"


def test_two_who_type_the_same_do_not_collide(desk: Desk) -> None:
    desk.save(desk.one, "The same", 0, page="a")
    assert desk.save(desk.two, "The same", 0, page="b").overtaken == []


def test_a_newer_version_that_went_back_is_no_collision(desk: Desk) -> None:
    desk.save(desk.one, "First", 0)
    desk.save(desk.one, "Second", 1, page="a")
    desk.save(desk.one, "First", 2, page="a")
    assert desk.save(desk.two, "Third", 1, page="b") == Saved(numbers={"summary": 4})


def test_everything_else_is_saved_when_one_answer_is_overtaken(desk: Desk) -> None:
    desk.save(desk.one, "Ours", 0, page="a")
    title = Part({"title": ["New name"]}, facts={"title": "New name"})
    saved = drafts.save(
        desk.draft,
        {"summary": part("Theirs"), "title": title},
        seen={},
        page="b",
        by=desk.two,
        at=MOMENT,
    )
    assert (saved.overtaken, saved.numbers["title"]) == (["summary"], 1)
    assert Expression.objects.get(pk=desk.draft.pk).title == "New name"


def test_choosing_settles_it(desk: Desk) -> None:
    desk.save(desk.one, "Ours", 0, page="a")
    desk.save(desk.two, "Theirs", 0, page="b")
    drafts.choose(
        desk.draft,
        {"summary": part("Ours and theirs")},
        seen={"summary": 1},
        by=desk.two,
        at=later(minutes=1),
    )
    assert desk.summary == "Ours and theirs"
    assert versions.waiting(desk.draft, desk.two) == {}
    assert AnswerVersion.objects.get(set_aside=True).settled_at == later(minutes=1)


def test_choosing_the_other_text_makes_no_version(desk: Desk) -> None:
    desk.save(desk.one, "Ours", 0, page="a")
    desk.save(desk.two, "Theirs", 0, page="b")
    drafts.choose(desk.draft, {}, seen={"summary": 1}, by=desk.two, at=MOMENT)
    assert desk.summary == "Ours"
    assert versions.waiting(desk.draft, desk.two) == {}
    assert AnswerVersion.objects.count() == 2


def test_choosing_over_a_still_newer_text_asks_again(desk: Desk) -> None:
    desk.save(desk.one, "Ours", 0, page="a")
    desk.save(desk.two, "Theirs", 0, page="b")
    desk.save(desk.one, "Ours, longer", 1, page="a")
    saved = drafts.choose(
        desk.draft,
        {"summary": part("Theirs")},
        seen={"summary": 1},
        by=desk.two,
        at=MOMENT,
    )
    assert saved.overtaken == ["summary"]
    assert versions.waiting(desk.draft, desk.two)["summary"].settled_at is None


def test_a_page_that_goes_on_saving_sets_the_same_text_aside_once(desk: Desk) -> None:
    desk.save(desk.one, "Ours", 0, page="a")
    for text in ("Theirs", "Theirs", "Theirs, longer"):
        desk.save(desk.two, text, 0, page="b", autosaved=True)
    assert [text for _, text, aside in desk.texts() if aside] == [
        "Theirs",
        "Theirs, longer",
    ]
    waiting = versions.waiting(desk.draft, desk.two)["summary"]
    assert waiting.typed == {"summary": ["Theirs, longer"]}


def test_what_cannot_be_read_is_kept_and_stops_the_sending(desk: Desk) -> None:
    desk.save(desk.one, "Good", 0)
    unread = {"summary": part("???", readable=False)}
    drafts.save(desk.draft, unread, seen={"summary": 1}, by=desk.one, at=MOMENT)
    assert desk.summary == "Good"
    assert desk.problem() == [
        "Correct “What is the idea?”: check the numbers and dates"
    ]
    desk.save(desk.one, "Better", 2)
    assert desk.problem() is None


def test_what_the_domain_refuses_is_kept_and_keeps_nothing_else_back(
    desk: Desk,
) -> None:
    partners = Part({"partners": ["Ourselves"]}, facts={"partners": [desk.draft.lead]})
    saved = drafts.save(
        desk.draft,
        {"partners": partners, "summary": part("Homes")},
        seen={},
        by=desk.one,
        at=MOMENT,
    )
    assert [*saved.problems] == ["partners"]
    assert desk.summary == "Homes"
    assert versions.unread(desk.draft) == ["partners"]


def test_saving_by_itself_makes_no_event_and_a_person_s_own_tells_of_all(
    desk: Desk,
) -> None:
    desk.save(desk.one, "Homes", 0, page="a", autosaved=True, at=later(minutes=1))
    assert desk.events() == []
    desk.save(desk.one, "Homes", 1, page="a", at=later(minutes=2))
    assert desk.events() == [{"changed": ["summary"]}]
    desk.save(desk.one, "Homes", 1, page="a", at=later(minutes=3))
    assert len(desk.events()) == 1


def test_what_is_typed_after_the_draft_was_sent_is_kept_aside(desk: Desk) -> None:
    expressions.withdraw(desk.draft, by=desk.one, at=MOMENT)
    saved = desk.save(desk.two, "Too late", 0)
    assert "can’t be changed" in saved.too_late
    assert desk.texts() == [(1, "Too late", True)]
    assert (desk.summary, versions.waiting(desk.draft, desk.two)) == ("", {})


def test_nobody_else_s_draft_can_be_written(desk: Desk) -> None:
    for stranger in (cast.outsider(), cast.viewer(desk.draft.lead), cast.official()):
        with pytest.raises(NotAllowed):
            desk.save(stranger, "Mine now", 0)
    assert AnswerVersion.objects.count() == 0


def test_a_bid_keeps_versions_like_an_expression() -> None:
    bid = cases.bid_in_development()
    by = cases.editor_of(bid.lead)
    saved = drafts.save(bid, {"summary": part("More")}, seen={}, by=by, at=MOMENT)
    assert saved == Saved(numbers={"summary": 1})
    bid.refresh_from_db()
    assert bid.summary == "More"
