"""Sixteen officials act on the same twenty cases at once: what each was told is what
the record says.

A control run without the case’s lock shows that the drive would find its absence.
"""

import random
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from bids.domain import expressions
from bids.events import BidsEvent
from bids.models import Assignment, Expression, Note
from bids.states import ExpressionState
from innovation.accounts.models import User
from innovation.audit.models import Event
from innovation.audit.verification import first_fault
from tests.concurrency import run_concurrently
from tests.database_guards import disable_guards
from tests.factories import cases, users

pytestmark = pytest.mark.django_db(transaction=True)
OFFICIALS, CASES = 16, 20
DONE, REFUSED = 302, {409, 422}
ENDINGS = {
    BidsEvent.EXPRESSION_TAKEN_FORWARD: ExpressionState.TAKEN_FORWARD,
    BidsEvent.EXPRESSION_DECLINED: ExpressionState.DECLINED,
    BidsEvent.EXPRESSION_MERGED: ExpressionState.MERGED,
}
"""What can happen to a case once, and the state to which it leads."""
ENDINGS_IN_A_HUNDRED = 5


@dataclass(frozen=True)
class Step:
    """An action of an official on a case, and how the service answered it."""

    name: str
    case: str
    official: str
    status: int


class Official:
    """Chooses actions at random, always the same for the same number."""

    def __init__(self, user: User, keys: list[str], number: int) -> None:
        self.user = user
        self.keys = keys
        self.draw = random.Random(number)
        self.client = Client()
        self.client.force_login(user)

    def act(self, times: int) -> list[Step]:
        return [self.act_once(self.draw.choice(self.keys)) for _ in range(times)]

    def act_once(self, key: str) -> Step:
        name = self._choose()
        page, form = getattr(self, f"_{name.partition('.')[2]}")(key)
        answer = self.client.post(reverse(f"bids:{page}", args=[key]), form)
        return Step(name, key, self.user.key, answer.status_code)

    def _choose(self) -> str:
        if self.draw.randrange(100) < ENDINGS_IN_A_HUNDRED:
            return self.draw.choice(list(ENDINGS))
        return self.draw.choice(
            [
                BidsEvent.EXPRESSION_NOTED,
                BidsEvent.EXPRESSION_ASSIGNED,
                BidsEvent.EXPRESSION_UNASSIGNED,
            ]
        )

    def _noted(self, key: str) -> tuple[str, dict[str, Any]]:
        return "case-note", {"text": f"Note {self.draw.random()}"}

    def _assigned(self, key: str) -> tuple[str, dict[str, Any]]:
        person = self.draw.choice(User.objects.filter(roles__contains=["official"]))
        return "case-assign", {"user": person.key}

    def _unassigned(self, key: str) -> tuple[str, dict[str, Any]]:
        rows = Assignment.objects.filter(expression__key=key).order_by("pk")
        return "case-unassign", {
            "assignment": self.draw.choice([*rows.values_list("pk", flat=True), ""])
        }

    def _taken_forward(self, key: str) -> tuple[str, dict[str, Any]]:
        return "case-take-forward", {}

    def _declined(self, key: str) -> tuple[str, dict[str, Any]]:
        words = cases.feedback(Expression.objects.get(key=key).round)
        return "case-decline", {f"criterion_{pk}": text for pk, text in words.items()}

    def _merged(self, key: str) -> tuple[str, dict[str, Any]]:
        others = [other for other in self.keys if other != key]
        return "case-merge", {"into": self.draw.choice(others)}


def drive(times: int, officials: int = OFFICIALS, number: int = CASES) -> list[Step]:
    """What each was told, all at once: `times` actions by every official."""
    keys = [cases.submitted_expression().key for _ in range(number)]
    people = [Official(users.official(), keys, place) for place in range(officials)]
    outcomes = run_concurrently(
        [partial(person.act, times) for person in people], within=1_800
    )
    assert not [each for each in outcomes if isinstance(each, Exception)], outcomes
    return [step for steps in outcomes for step in steps]


def differences(steps: list[Step]) -> list[str]:
    """Where the record says something else than the people were told."""
    told = Counter(
        (step.name, step.case, step.official) for step in steps if step.status == DONE
    )
    names = {step.name for step in steps}
    recorded = Counter(
        Event.objects.filter(name__in=names).values_list("name", "subject", "actor")
    )
    found = [
        f"{each}: told {told[each]}, recorded {recorded[each]}"
        for each in told.keys() | recorded.keys()
        if told[each] != recorded[each]
    ]
    endings: dict[str, list[str]] = {}
    for name, case, _ in told.elements():
        if name in ENDINGS:
            endings.setdefault(case, []).append(name)
    for case, ends in endings.items():
        state = Expression.objects.get(key=case).state
        if [ENDINGS[BidsEvent(end)] for end in ends] != [state]:
            found.append(f"{case} is {state} after {ends}")
    return found


@pytest.mark.parametrize("times", [6, pytest.param(320, marks=pytest.mark.soak)])
def test_each_action_happened_once_or_was_refused(times: int) -> None:
    steps = drive(times)
    assert len(steps) == OFFICIALS * times
    assert {step.status for step in steps} <= {DONE, *REFUSED}
    assert {step.status for step in steps} > {DONE}
    assert differences(steps) == []
    noted = Counter(step.status for step in steps if step.name.endswith("noted"))
    assert Note.objects.count() == noted[DONE]
    for assignment in Assignment.objects.filter(ended_at=None):
        twins = Assignment.objects.filter(
            ended_at=None, expression=assignment.expression, user=assignment.user
        )
        assert twins.count() == 1
    assert first_fault() is None


def test_without_the_lock_a_case_ends_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: everybody reads a case that nobody has ended yet."""

    def unlocked(expression: Expression, *related: str) -> Expression:
        row = Expression.objects.select_related("chain", "round", "lead").get(
            pk=expression.pk
        )
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.5)")
        return row

    monkeypatch.setattr(expressions, "lock", unlocked)
    monkeypatch.setattr(
        expressions, "_lock_both", lambda one, other: (unlocked(one), unlocked(other))
    )
    monkeypatch.setattr(Official, "_choose", lambda _: BidsEvent.EXPRESSION_MERGED)
    with disable_guards(Expression):
        steps = drive(1, officials=4, number=2)
    assert any(" is merged after " in line for line in differences(steps))
