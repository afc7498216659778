from datetime import timedelta

import pytest

from bids.domain import clarifications
from bids.models import Clarification, Expression
from bids.states import ExpressionState
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.notifications.models import Letter
from tests import cases, cast
from tests.moments import DAY, MOMENT, later

pytestmark = pytest.mark.django_db


def test_a_question_moves_the_ball_to_the_applicant_and_an_answer_back() -> None:
    asked = cases.in_clarification()
    expression = Expression.objects.get()
    assert expression.state == ExpressionState.CLARIFICATION
    letter = Letter.objects.get(kind="clarification_asked")
    assert letter.facts["due_on"] == "2014-11-19"
    by = cases.editor_of(expression.lead)
    cast.assign(cast.official(), expression)
    answered = clarifications.answer(asked, answer="All.", by=by, at=later(days=30))
    assert (answered.answer, answered.answered_by) == ("All.", by)
    expression.refresh_from_db()
    assert expression.state == ExpressionState.SUBMITTED
    assert Letter.objects.filter(kind="clarification_answered").count() == 1


def test_an_answer_is_given_once_and_by_the_lead_alone() -> None:
    asked = cases.in_clarification()
    by = cases.editor_of(asked.expression.lead)
    for other in (cast.outsider(), cast.official(), cast.viewer(asked.expression.lead)):
        with pytest.raises(NotAllowed):
            clarifications.answer(asked, answer="A", by=other, at=MOMENT)
    clarifications.answer(asked, answer="A", by=by, at=MOMENT)
    with pytest.raises(TooLate):
        clarifications.answer(asked, answer="B", by=by, at=MOMENT)
    assert Clarification.objects.get().answer == "A"


def test_a_question_needs_words_and_a_day_that_is_not_past() -> None:
    expression = cases.submitted()
    for question, due_on, field in (
        (" ", DAY, "question"),
        ("Why?", DAY - timedelta(days=1), "due_on"),
    ):
        with pytest.raises(Invalid) as refused:
            clarifications.ask(
                expression,
                question=question,
                due_on=due_on,
                by=cast.official(),
                at=MOMENT,
            )
        assert list(refused.value.problems) == [field]


def test_applicants_and_coaches_do_not_ask() -> None:
    expression = cases.submitted()
    coach = cast.assign(cast.coach(), expression)
    for by in (cases.editor_of(expression.lead), coach):
        with pytest.raises(NotAllowed):
            clarifications.ask(
                expression, question="Why?", due_on=DAY, by=by, at=MOMENT
            )
