"""Saves the answers to a round's own questions."""

from collections.abc import Mapping
from datetime import datetime

from bids import validators
from bids.domain import question_types
from bids.domain.applications import Case
from bids.models import Question
from innovation.core.errors import Invalid


def answers_by_code(case: Case) -> dict[str, object]:
    """The answers of a case, by the question's code."""
    return dict(case.answers.values_list("question__code", "value"))


def questions(case: Case) -> list[Question]:
    if case.question_set_id is None:
        return []
    return list(Question.objects.filter(question_set=case.question_set_id))


def save(case: Case, answers: Mapping[str, object], *, at: datetime) -> list[str]:
    """Save `answers` (by code) of the locked case; return the codes that have changed.

    Raise `Invalid`, naming the codes. An empty answer removes the existing one.
    """
    questions_by_code = {question.code: question for question in questions(case)}
    cleaned, problems = _clean_answers(questions_by_code, answers)
    if problems:
        raise Invalid(problems)
    before = answers_by_code(case)
    changed = [code for code, value in cleaned.items() if before.get(code) != value]
    for code in changed:
        _save_answer(case, questions_by_code[code], cleaned[code], at)
    return sorted(changed)


def copy(source: Case, target: Case, *, at: datetime) -> None:
    """Copy the answers to questions that the target has with the same code and kind,
    except declarations, which have to be made again.
    """
    questions_by_code = {(q.code, q.kind): q for q in questions(target)}
    for answer in source.answers.select_related("question"):
        question = questions_by_code.get((answer.question.code, answer.question.kind))
        if question is not None and question_types.definition_of(question).carries_over:
            _save_answer(target, question, answer.value, at)


def _clean_answers(
    questions_by_code: Mapping[str, Question], answers: Mapping[str, object]
) -> tuple[dict[str, object], dict[str | None, list[str]]]:
    cleaned: dict[str, object] = {}
    problems: dict[str | None, list[str]] = {}
    for code, raw in answers.items():
        if code not in questions_by_code:
            problems[code] = [f"This round does not ask “{code}”"]
            continue
        try:
            cleaned[code] = validators.clean_answer(questions_by_code[code], raw)
        except validators.InvalidValue as problem:
            problems[code] = [str(problem)]
    return cleaned, problems


def _save_answer(case: Case, question: Question, value: object, at: datetime) -> None:
    if value is None:
        case.answers.filter(question=question).delete()
        return
    case.answers.update_or_create(
        question=question, defaults={"value": value, "saved_at": at}
    )
