"""Two people act on one case at the same time: exactly one of them succeeds.

A control run without the row's lock shows that these tests would find its absence.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from bids.domain import bids, expressions, reconsiderations
from bids.models import Bid, Expression, Feedback, Reconsideration
from innovation.accounts.models import User
from innovation.audit.models import Event
from innovation.audit.verification import first_fault
from innovation.core.errors import TooLate
from innovation.notifications.models import Letter
from tests.concurrency import run_concurrently
from tests.database_guards import disable_guards
from tests.dates import MOMENT
from tests.factories import cases, users

pytestmark = pytest.mark.django_db(transaction=True)
Calls = list[Callable[[], Any]]


def submit_twice() -> tuple[Calls, str]:
    draft = cases.draft()
    by = cases.editor_of(draft.lead)
    return [lambda: expressions.submit(draft, by=by, at=MOMENT)] * 2, "submitted"


def take_forward_decline_and_withdraw() -> tuple[Calls, str]:
    expression, one, other = (
        cases.submitted_expression(),
        users.official(),
        users.official(),
    )
    by, words = cases.editor_of(expression.lead), cases.feedback(expression.round)
    return [
        lambda: expressions.take_forward(expression, by=one, at=MOMENT),
        lambda: expressions.decline(expression, feedback=words, by=other, at=MOMENT),
        lambda: expressions.withdraw(expression, by=by, at=MOMENT),
    ], ""


def merge_into_each_other() -> tuple[Calls, str]:
    one, other = cases.submitted_expression(), cases.submitted_expression()
    by = users.official()
    return [
        lambda: expressions.merge(one, into=other, by=by, at=MOMENT),
        lambda: expressions.merge(other, into=one, by=by, at=MOMENT),
    ], "merged"


def decide_and_withdraw() -> tuple[Calls, str]:
    bid, minister, other = cases.bid_with_minister(), users.minister(), users.minister()
    by, words = cases.editor_of(bid.lead), cases.feedback(bid.round)
    return [
        lambda: bids.approve(bid, by=minister, at=MOMENT),
        lambda: bids.decline(bid, by=other, at=MOMENT, feedback=words),
        lambda: bids.withdraw(bid, by=by, at=MOMENT),
    ], ""


def history(before: int) -> list[str]:
    newer = Event.objects.order_by("id").filter(id__gt=before)
    return list(newer.values_list("name", flat=True))


@pytest.mark.parametrize(
    "stage",
    [
        submit_twice,
        take_forward_decline_and_withdraw,
        merge_into_each_other,
        decide_and_withdraw,
    ],
)
def test_exactly_one_of_those_who_act_at_once_wins(
    stage: Callable[[], tuple[Calls, str]],
) -> None:
    calls, state = stage()
    before = Event.objects.order_by("-id").values_list("id", flat=True)[0]
    outcomes = run_concurrently(calls)
    successes = [each for each in outcomes if isinstance(each, Expression | Bid)]
    refusals = [each for each in outcomes if not isinstance(each, Expression | Bid)]
    assert len(successes) == 1, outcomes
    assert all(isinstance(each, Exception) for each in refusals)
    assert all(hasattr(each, "sentence") for each in refusals), refusals
    if state:
        assert successes[0].state == state
    assert len([n for n in history(before) if n != "bid.opened"]) == 1
    assert first_fault() is None


def test_a_race_leaves_one_receipt_and_one_set_of_feedback() -> None:
    calls, _ = submit_twice()
    run_concurrently(calls)
    assert Letter.objects.filter(kind="expression_received").count() == 1
    expression = Expression.objects.get()
    words, official = cases.feedback(expression.round), users.official()
    outcomes = run_concurrently(
        [
            lambda: expressions.decline(
                expression, feedback=words, by=official, at=MOMENT
            )
        ]
        * 3
    )
    assert [type(each) for each in outcomes].count(TooLate) == 2
    assert Feedback.objects.count() == 2


def test_without_the_lock_more_than_one_would_win(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The control: reading the row without holding it lets both through."""

    def unlocked(expression: Expression, *related: str) -> Expression:
        expression_read = Expression.objects.select_related(
            "chain", "round", "lead"
        ).get(pk=expression.pk)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.5)")
        return expression_read

    monkeypatch.setattr(expressions, "lock", unlocked)
    sent = cases.submitted_expression()
    by, official = cases.editor_of(sent.lead), users.official()
    with disable_guards(Expression):
        outcomes = run_concurrently(
            [
                lambda: expressions.withdraw(sent, by=by, at=MOMENT),
                lambda: expressions.take_forward(sent, by=official, at=MOMENT),
            ]
        )
    assert not any(isinstance(each, Exception) for each in outcomes), outcomes


def test_saving_while_sending_never_changes_what_was_sent() -> None:
    draft = cases.draft()
    by = cases.editor_of(draft.lead)
    saves = [
        lambda number=number: expressions.save(
            draft, facts={"title": f"Title {number}"}, by=by, at=MOMENT
        )
        for number in range(3)
    ]
    run_concurrently([*saves, lambda: expressions.submit(draft, by=by, at=MOMENT)])
    with transaction.atomic():
        names = list(draft.chain.events.values_list("name", flat=True).order_by("seq"))
    assert names[-1] == "expression.submitted"
    assert Expression.objects.get().state == "submitted"


def test_of_two_requests_and_of_two_answers_one_counts() -> None:
    asked, one, other = _ask_twice(), users.official(), users.official()
    _answer_twice(asked, one, other)
    assert Reconsideration.objects.get().state in {"upheld", "overturned"}
    answers = Event.objects.filter(
        name__in=["expression.upheld", "expression.reconsidered"]
    )
    assert answers.count() == 1
    assert first_fault() is None


def test_without_the_lock_two_answers_would_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The control: both read that nobody has answered yet."""

    def unlocked(asked: Reconsideration) -> Reconsideration:
        read = Reconsideration.objects.get(pk=asked.pk)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.5)")
        return read

    asked, one, other = _ask_twice(), users.official(), users.official()
    monkeypatch.setattr(reconsiderations, "_lock", lambda case: case)
    monkeypatch.setattr(reconsiderations, "lock_row", unlocked)
    with disable_guards(Reconsideration), disable_guards(Expression):
        outcomes = _answer_twice(asked, one, other)
    assert not any(isinstance(each, Exception) for each in outcomes), outcomes


def _ask_twice() -> Reconsideration:
    expression = cases.declined_expression()
    editor = cases.editor_of(expression.lead)
    requests = run_concurrently(
        [
            lambda: reconsiderations.ask(
                expression, grounds="You misread it.", by=editor, at=MOMENT
            )
        ]
        * 2
    )
    assert [type(each) for each in requests].count(TooLate) == 1
    return Reconsideration.objects.get()


def _answer_twice(asked: Reconsideration, one: User, other: User) -> list[Any]:
    return run_concurrently(
        [
            lambda: reconsiderations.uphold(asked, reasons="No.", by=one, at=MOMENT),
            lambda: reconsiderations.overturn(
                asked, reasons="Yes.", by=other, at=MOMENT
            ),
        ]
    )
