"""Saves the answers to a round's own questions."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import QuerySet

from bids import validators
from bids.domain import question_types
from bids.domain.applications import Case, owner_of
from bids.models import Answer, Question
from innovation.core import statements
from innovation.core.errors import Invalid


def save(case: Case, answers: Mapping[str, object], *, at: datetime) -> list[str]:
    """Save `answers` (by code) of the locked case; return the codes that have changed.

    Raise `Invalid`, naming the codes. An empty answer removes the existing one.
    """
    if not answers:
        return []
    codes = tuple(answers)
    questions_by_code = {
        question.code: question
        for question in statements.fetch(_questions, case.question_set_id, codes)
    }
    cleaned, problems = _clean_answers(questions_by_code, answers)
    if problems:
        raise Invalid(problems)
    before = dict(statements.fetch(_values, case.pk, codes, variant=(type(case),)))
    changed = [code for code, value in cleaned.items() if before.get(code) != value]
    owner = owner_of(case)
    Answer.objects.bulk_create(
        Answer(**owner, question=question, value=cleaned[code], saved_at=at)
        for code, question in questions_by_code.items()
        if code in changed and code not in before
    )
    for code in changed:
        if code in before:
            _change_answer(case, questions_by_code[code], cleaned[code], at)
    return sorted(changed)


def _questions(question_set: int | None, codes: tuple[str, ...]) -> QuerySet[Question]:
    return Question.objects.filter(question_set=question_set, code__in=codes)


def _values(
    model: type[Case], pk: int, codes: tuple[str, ...]
) -> "QuerySet[Answer, tuple[str, object]]":
    rows: QuerySet[Answer] = model(pk=pk).answers.filter(question__code__in=codes)
    return rows.values_list("question__code", "value")


def copy(source: Case, target: Case, *, at: datetime) -> None:
    """Copy the answers to questions that the target, which has no answers yet, has with
    the same code and kind, except declarations, which have to be made again.
    """
    questions = {
        (question.code, question.kind): question
        for question in Question.objects.filter(question_set=target.question_set_id)
        if question_types.definition_of(question).carries_over
    }
    rows = source.answers.values_list("question__code", "question__kind", "value")
    owner = owner_of(target)
    Answer.objects.bulk_create(
        Answer(**owner, question=questions[code, kind], value=value, saved_at=at)
        for code, kind, value in rows
        if (code, kind) in questions
    )


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


def _change_answer(case: Case, question: Question, value: object, at: datetime) -> None:
    existing = case.answers.filter(question=question)
    if value is None:
        existing.delete()
    else:
        existing.update(value=value, saved_at=at)
