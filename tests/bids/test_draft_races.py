"""Several people save one draft at the same time, each on their own connection.

A control run without the row's lock shows that these tests would find its absence.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection

from bids.domain import drafts, expressions, presence
from bids.domain.answer_versions import DraftAnswer
from bids.domain.drafts import SaveResult
from bids.domain.queries import answer_versions
from bids.models import AnswerVersion, Expression, Presence
from tests.concurrency import run_concurrently
from tests.dates import MOMENT
from tests.factories import cases, users

pytestmark = pytest.mark.django_db(transaction=True)


def part(text: str) -> dict[str, DraftAnswer]:
    return {"summary": DraftAnswer({"summary": [text]}, facts={"summary": text})}


def save_calls(count: int, *, seen: dict[str, int] | None) -> list[Callable[[], Any]]:
    """Each by another person, from another page."""
    draft = cases.draft(complete=False)
    people = [users.applicant(draft.lead) for _ in range(count)]
    return [
        partial(
            drafts.save,
            draft,
            part(f"Text {place}"),
            seen=seen,
            page=str(place),
            by=by,
            at=MOMENT,
        )
        for place, by in enumerate(people)
    ]


def test_of_those_who_save_at_once_one_is_written_and_the_others_are_asked() -> None:
    outcomes = run_concurrently(save_calls(4, seen={}))
    assert all(isinstance(each, SaveResult) for each in outcomes), outcomes
    assert sorted(len(each.overtaken) for each in outcomes) == [0, 1, 1, 1]
    rows = AnswerVersion.objects.order_by("number")
    assert sorted(row.raw_input["summary"][0] for row in rows) == [
        f"Text {place}" for place in range(4)
    ]
    assert [row.number for row in rows] == [1, 2, 3, 4]
    [version] = [row for row in rows if not row.set_aside]
    assert Expression.objects.get().summary == version.raw_input["summary"][0]


def test_one_page_that_sends_its_text_twice_at_once_makes_one_version() -> None:
    draft = cases.draft(complete=False)
    by = cases.editor_of(draft.lead)

    def send() -> SaveResult:
        return drafts.save(draft, part("Once"), seen={}, page="a", by=by, at=MOMENT)

    assert run_concurrently([send, send]) == [SaveResult(numbers={"summary": 1})] * 2
    assert AnswerVersion.objects.count() == 1


def test_saving_while_it_is_sent_loses_nothing() -> None:
    draft = cases.draft()
    by = cases.editor_of(draft.lead)
    outcomes = run_concurrently(
        [
            lambda: drafts.save(draft, part("More"), seen={}, by=by, at=MOMENT),
            lambda: expressions.submit(draft, by=by, at=MOMENT),
        ]
    )
    assert isinstance(outcomes[0], SaveResult), outcomes
    expression = Expression.objects.get()
    version = AnswerVersion.objects.filter(raw_input={"summary": ["More"]}).get()
    assert expression.state == "submitted"
    assert version.set_aside == bool(outcomes[0].too_late)
    assert (expression.summary == "More") != version.set_aside


def test_without_the_lock_one_would_overwrite_the_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The control: the row is read and not held, so both find no newer version."""

    def unlocked(case: Expression, writer: Any) -> Expression:
        return Expression.objects.select_related("chain", "round", "lead").get(
            pk=case.pk
        )

    newest = answer_versions.newest_versions

    def slowly(*args: Any) -> Any:
        newest_version = newest(*args)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.5)")
        return newest_version

    monkeypatch.setattr(drafts, "lock_for_writing", unlocked)
    monkeypatch.setattr(drafts, "newest_versions", slowly)
    outcomes = run_concurrently(save_calls(2, seen={}))
    calls = [
        each for each in outcomes if isinstance(each, SaveResult) and each.overtaken
    ]
    assert calls == []


def test_presence_said_twice_at_once_is_there_once() -> None:
    draft = cases.draft(complete=False)
    by = cases.editor_of(draft.lead)

    def note() -> None:
        presence.record_presence(draft, section="idea", by=by, at=MOMENT)

    assert run_concurrently([note] * 3) == [None] * 3
    assert Presence.objects.count() == 1
