"""Evaluators of projects that run, and two reports of one title at once."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError

from funding.domain import evaluations
from funding.models import Award, EvaluationReport
from innovation.accounts.models import User
from innovation.core import constraints
from innovation.core.errors import TooLate
from tests.concurrency import run_concurrently
from tests.factories import grants, users


def award_with_evaluator(by: User) -> Award:
    award = grants.active_award()
    university = users.organisation("University")
    evaluations.agree(award, evaluator=university, by=by, at=grants.MEETING_AT)
    return award


def publish_call(award: Award, by: User) -> Callable[[], EvaluationReport]:
    return lambda: evaluations.publish(
        award,
        title="What worked",
        published_on=grants.MEETING_AT.date(),
        source="example.org",
        findings=[],
        by=by,
        at=grants.MEETING_AT,
    )


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["offered", "declined", "withdrawn"])
def test_no_evaluator_is_agreed_for_what_never_ran(state: str) -> None:
    award, university = grants.award_in_state(state), users.organisation("University")
    with pytest.raises(TooLate, match="once the offer is accepted"):
        evaluations.agree(
            award, evaluator=university, by=users.grant_manager(), at=grants.MEETING_AT
        )


@pytest.mark.django_db(transaction=True)
def test_of_two_reports_with_one_title_one_is_published(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    manager = users.grant_manager()
    calls = [publish_call(award_with_evaluator(manager), manager) for _ in range(2)]
    # Both have looked for the title before either writes: only the database is left.
    monkeypatch.setattr(evaluations, "_check", lambda *given: None)

    outcomes = run_concurrently(calls)

    assert EvaluationReport.objects.count() == 1
    (lost,) = [each for each in outcomes if isinstance(each, Exception)]
    assert isinstance(lost, IntegrityError)
    explained = constraints.explain(lost)
    assert explained is not None
    assert explained.problems == {
        "title": ["A report with this title is already published"]
    }
