from datetime import timedelta

import pytest
from django.test import Client

from bids.domain import clarifications
from bids.domain.clarifications import NewQuestion
from bids.models import Clarification, ClarificationQuestion, Expression
from bids.states import ExpressionState
from innovation.accounts.models import User
from innovation.core import clock
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.notifications import rendering
from innovation.notifications.models import Letter
from tests import edit_forms
from tests.dates import DAY, MOMENT, moment_after
from tests.factories import cases, users
from tests.funding.page_requests import date_fields

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
        clarification, answers={1: "All."}, by=by, at=moment_after(days=30)
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
    clarifications.answer(clarification, answers={1: "All."}, by=by, at=MOMENT)
    letters = Letter.objects.filter(kind="clarification_answered")
    assert [letter.recipient for letter in letters] == [official]


def test_whoever_asked_and_no_longer_works_on_cases_hears_nothing() -> None:
    official = users.official()
    clarification = cases.open_clarification(official=official)
    official.roles = ["analyst"]
    official.save(update_fields=["roles"])
    by = cases.editor_of(clarification.expression.lead)
    clarifications.answer(clarification, answers={1: "All."}, by=by, at=MOMENT)
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
            clarifications.answer(clarification, answers={1: "A"}, by=other, at=MOMENT)
    clarifications.answer(clarification, answers={1: "A"}, by=by, at=MOMENT)
    with pytest.raises(TooLate):
        clarifications.answer(clarification, answers={1: "B"}, by=by, at=MOMENT)
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
                questions=[NewQuestion(question)],
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
                expression,
                questions=[NewQuestion("Why?")],
                due_on=DAY,
                by=by,
                at=MOMENT,
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
        clarifications.answer(clarification, answers={1: "All."}, by=by, at=MOMENT)
    letter = Letter.objects.get(kind="clarification_taken_back")
    assert letter.recipient == by
    second = clarifications.ask(
        expression,
        questions=[NewQuestion("Where?")],
        due_on=DAY,
        by=official,
        at=MOMENT,
    )
    assert clarifications.open_clarification(second.expression) == second


def test_what_was_answered_is_neither_dated_anew_nor_taken_back() -> None:
    clarification = cases.open_clarification()
    by, official = cases.editor_of(clarification.expression.lead), users.official()
    clarifications.answer(clarification, answers={1: "All."}, by=by, at=MOMENT)
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


def _ask_on_page(client: Client) -> tuple[Expression, User]:
    """Asked on its page: about the first answer, and about none."""
    round = cases.round_()
    cases.question_set(round)
    expression = cases.submitted_expression(round=round)
    codes = [q.code for q in clarifications.questions_to_ask_about(expression)]
    client.force_login(users.official())
    address = f"/cases/{expression.key}/ask"
    assert f'<option value="{codes[0]}"' in client.get(address).content.decode()
    fields: dict[str, object] = {"question": "How many families?"}
    fields |= {"about": codes[0], "question_3": "Which <b>partners</b>?"}
    day = clock.london_day(clock.now()) + timedelta(days=7)
    fields |= date_fields("due_on", day)
    assert client.post(address, fields).status_code == 302
    return expression, cases.editor_of(expression.lead)


def test_several_questions_are_asked_in_one_letter_each_with_its_number(
    client: Client,
) -> None:
    expression, editor = _ask_on_page(client)
    questions = ClarificationQuestion.objects.values_list("number", "text")
    assert [*questions] == [(1, "How many families?"), (2, "Which <b>partners</b>?")]
    [letter] = Letter.objects.filter(kind="clarification_asked", recipient=editor)
    title, text = rendering.render_letter(letter)
    assert title.startswith("We have questions about your expression of interest")
    assert "1. How many families?" in text
    assert "2. Which <b>partners</b>?" in text
    answers = client.get(f"/cases/{expression.key}/answers").content.decode()
    assert "Question 1: How many families?" in answers
    assert "Not answered yet" in answers
    client.force_login(editor)
    own = client.get(f"/apply/expressions/{expression.key}").content.decode()
    assert "Question 1: How many families?" in own
    assert "2. Which &lt;b&gt;partners&lt;/b&gt;?" in own


def test_answers_are_saved_as_typed_in_any_order_and_sent_together(
    client: Client,
) -> None:
    expression, editor = _ask_on_page(client)
    official = users.official()
    client.force_login(editor)
    address = f"/apply/expressions/{expression.key}/answer"
    values = {"answer_2": "The charity\n\tand us", "save": "yes"}
    answer = edit_forms.post_edit(client, address, values)
    assert answer["Location"] == address
    page = client.get(address).content.decode()
    assert "The charity\n\tand us</textarea>" in page
    assert "1. How many families?" in page
    answer = edit_forms.post_edit(client, address, {"answer_1": ""})
    assert answer.status_code == 422
    assert "Enter your answer" in answer.content.decode()
    client.force_login(official)
    for part in ("answers", "messages", "history"):
        text = client.get(f"/cases/{expression.key}/{part}").content.decode()
        assert "The charity" not in text
    client.force_login(editor)
    answer = edit_forms.post_edit(client, address, {"answer_1": "Forty."})
    assert answer["Location"] == f"/apply/expressions/{expression.key}"
    expression.refresh_from_db()
    assert expression.state == ExpressionState.SUBMITTED
    rows = ClarificationQuestion.objects.values_list("answer", "draft")
    assert [*rows] == [("Forty.", ""), ("The charity\n\tand us", "")]
    client.force_login(official)
    page = client.get(f"/cases/{expression.key}/answers").content.decode()
    assert "Answer to question 1: Forty." in page
    page = client.get(f"/cases/{expression.key}/messages").content.decode()
    assert "1. Forty." in page


def test_the_numbers_go_on_in_the_next_letter_of_the_case() -> None:
    clarification = cases.open_clarification()
    expression = clarification.expression
    by, official = cases.editor_of(expression.lead), users.official()
    clarifications.answer(clarification, answers={1: "All."}, by=by, at=MOMENT)
    second = clarifications.ask(
        expression,
        questions=[NewQuestion("When?"), NewQuestion("Where?")],
        due_on=DAY,
        by=official,
        at=MOMENT,
    )
    assert clarifications.numbers_of(second) == [2, 3]
    assert second.question == "2. When?\n\n3. Where?"


def test_the_same_words_are_asked_about_two_answers() -> None:
    round, official = cases.round_(), users.official()
    cases.question_set(round)
    expression = cases.submitted_expression(round=round)
    one, other, *_ = clarifications.questions_to_ask_about(expression)
    clarification = clarifications.ask(
        expression,
        questions=[
            NewQuestion("Please say more.", about=question.code)
            for question in (one, other)
        ],
        due_on=DAY,
        by=official,
        at=MOMENT,
    )
    rows = clarification.questions.values_list("number", "question_code")
    assert [*rows] == [(1, one.code), (2, other.code)]


def test_a_question_is_about_one_of_the_case_and_they_are_not_too_many() -> None:
    expression, official = cases.submitted_expression(), users.official()
    too_many = [NewQuestion(letter) for letter in "ABCDE"]
    for questions in ([NewQuestion("Why?", about="nonsense")], too_many):
        with pytest.raises(Invalid):
            clarifications.ask(
                expression, questions=questions, due_on=DAY, by=official, at=MOMENT
            )


def test_only_who_may_answer_saves_an_answer() -> None:
    clarification = cases.open_clarification()
    for other in (
        users.outsider(),
        users.official(),
        users.viewer(clarification.expression.lead),
    ):
        with pytest.raises(NotAllowed):
            clarifications.save_drafts(
                clarification, answers={1: "A"}, by=other, at=MOMENT
            )
    assert ClarificationQuestion.objects.get().draft == ""
