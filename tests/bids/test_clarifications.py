from datetime import timedelta

import pytest

from bids.domain import clarifications
from bids.models import Clarification, Expression
from bids.states import ExpressionState
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.notifications import rendering
from innovation.notifications.models import Letter
from tests.dates import DAY, MOMENT, moment_after
from tests.factories import cases, users

pytestmark = pytest.mark.django_db


def test_a_question_moves_the_ball_to_the_applicant_and_an_answer_back() -> None:
    clarification = cases.open_clarification()
    expression = Expression.objects.get()
    assert expression.state == ExpressionState.CLARIFICATION
    letter = Letter.objects.get(kind="clarification_asked")
    assert letter.facts["due_on"] == "11:59pm (UK time) on 19 November 2014"
    by = cases.editor_of(expression.lead)
    coach = users.assign(users.coach(), expression)
    answered = clarifications.answer(
        clarification, answer="All.", by=by, at=moment_after(days=30)
    )
    assert (answered.answer, answered.answered_by) == ("All.", by)
    expression.refresh_from_db()
    assert expression.state == ExpressionState.SUBMITTED
    letters = Letter.objects.filter(kind="clarification_answered")
    assert {letter.recipient for letter in letters} == {coach, clarification.asked_by}


def test_whoever_asked_hears_the_answer_though_nobody_looks_after_the_case() -> None:
    official = users.official()
    clarification = cases.open_clarification(official=official)
    users.official()
    by = cases.editor_of(clarification.expression.lead)
    clarifications.answer(clarification, answer="All.", by=by, at=MOMENT)
    letters = Letter.objects.filter(kind="clarification_answered")
    assert [letter.recipient for letter in letters] == [official]


def test_whoever_asked_and_no_longer_works_on_cases_hears_nothing() -> None:
    official = users.official()
    clarification = cases.open_clarification(official=official)
    official.roles = ["analyst"]
    official.save(update_fields=["roles"])
    by = cases.editor_of(clarification.expression.lead)
    clarifications.answer(clarification, answer="All.", by=by, at=MOMENT)
    assert not Letter.objects.filter(kind="clarification_answered").exists()


def test_an_answer_is_given_once_and_by_the_lead_alone() -> None:
    clarification = cases.open_clarification()
    by = cases.editor_of(clarification.expression.lead)
    for other in (
        users.outsider(),
        users.official(),
        users.viewer(clarification.expression.lead),
    ):
        with pytest.raises(NotAllowed):
            clarifications.answer(clarification, answer="A", by=other, at=MOMENT)
    clarifications.answer(clarification, answer="A", by=by, at=MOMENT)
    with pytest.raises(TooLate):
        clarifications.answer(clarification, answer="B", by=by, at=MOMENT)
    assert Clarification.objects.get().answer == "A"


def test_a_question_needs_words_and_a_day_that_comes_soon() -> None:
    expression = cases.submitted_expression()
    for question, due_on, field in (
        (" ", DAY, "question"),
        ("Why?", DAY - timedelta(days=1), "due_on"),
        ("Why?", DAY + timedelta(days=400), "due_on"),
    ):
        with pytest.raises(Invalid) as refused:
            clarifications.ask(
                expression,
                question=question,
                due_on=due_on,
                by=users.official(),
                at=MOMENT,
            )
        assert list(refused.value.problems) == [field]


def test_applicants_and_coaches_do_not_ask() -> None:
    expression = cases.submitted_expression()
    coach = users.assign(users.coach(), expression)
    for by in (cases.editor_of(expression.lead), coach):
        with pytest.raises(NotAllowed):
            clarifications.ask(
                expression, question="Why?", due_on=DAY, by=by, at=MOMENT
            )


def test_another_date_is_told_and_the_ball_stays_with_the_applicant() -> None:
    clarification = cases.open_clarification()
    to = DAY + timedelta(days=30)
    clarifications.redate(clarification, due_on=to, by=users.official(), at=MOMENT)
    assert Clarification.objects.get().due_on == to
    assert Expression.objects.get().state == ExpressionState.CLARIFICATION
    letter = Letter.objects.get(kind="clarification_redated")
    _, text = rendering.render_letter(letter)
    assert "answer by 11:59pm (UK time) on 12 December 2014" in text
    assert "Which families?" in text


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (-1, "Enter a date that is not in the past"),
        (7, "Enter a date other than the one they have"),
        (400, "Enter a date within the next 12 months"),
    ],
)
def test_another_date_is_another_and_comes_soon(days: int, sentence: str) -> None:
    clarification = cases.open_clarification()
    to = DAY + timedelta(days=days)
    with pytest.raises(Invalid, match=sentence):
        clarifications.redate(clarification, due_on=to, by=users.official(), at=MOMENT)
    assert not Letter.objects.filter(kind="clarification_redated").exists()


def test_a_question_taken_back_needs_no_answer_and_another_can_be_asked() -> None:
    clarification = cases.open_clarification()
    official = users.official()
    clarifications.take_back(clarification, by=official, at=MOMENT)
    expression = Expression.objects.get()
    assert expression.state == ExpressionState.SUBMITTED
    by = cases.editor_of(expression.lead)
    with pytest.raises(TooLate, match="taken back: no answer is needed"):
        clarifications.answer(clarification, answer="All.", by=by, at=MOMENT)
    letter = Letter.objects.get(kind="clarification_taken_back")
    assert letter.recipient == by
    second = clarifications.ask(
        expression, question="Where?", due_on=DAY, by=official, at=MOMENT
    )
    assert clarifications.open_clarification(second.expression) == second


def test_what_was_answered_is_neither_dated_anew_nor_taken_back() -> None:
    clarification = cases.open_clarification()
    by, official = cases.editor_of(clarification.expression.lead), users.official()
    clarifications.answer(clarification, answer="All.", by=by, at=MOMENT)
    with pytest.raises(TooLate, match="already answered"):
        clarifications.take_back(clarification, by=official, at=MOMENT)
    with pytest.raises(TooLate, match="already answered"):
        clarifications.redate(
            clarification, due_on=DAY + timedelta(days=3), by=official, at=MOMENT
        )


def test_only_who_may_ask_dates_anew_and_takes_back() -> None:
    clarification = cases.open_clarification()
    coach = users.assign(users.coach(), clarification.expression)
    for by in (cases.editor_of(clarification.expression.lead), coach, users.outsider()):
        with pytest.raises(NotAllowed):
            clarifications.take_back(clarification, by=by, at=MOMENT)
        with pytest.raises(NotAllowed):
            clarifications.redate(
                clarification, due_on=DAY + timedelta(days=3), by=by, at=MOMENT
            )
