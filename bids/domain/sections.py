"""The sections of a form."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from django.utils.text import slugify

from bids import validators
from bids.domain import question_types, standard_questions
from bids.domain.applications import Case
from bids.domain.queries import case_snapshot
from bids.domain.question_types import answer_types
from bids.models import Expression, Question
from bids.models.round import Route
from bids.states import ExpressionState


@dataclass(frozen=True, slots=True)
class Section:
    slug: str
    title: str
    questions: tuple[Question, ...]

    def anchor(self, question: Question) -> str:
        """The id of the question on its page; a revealed one has that of its parent."""
        codes = {member.code for member in self.questions}
        parent = question.shown_only_if.get("code")
        return f"question-{parent if parent in codes else question.code}"


def sections_of(case: Case) -> list[Section]:
    """The sections of a case, in order, without questions that are not applicable
    because of answers in other sections.
    """
    case_snapshot.with_snapshot(case)
    return group_into_sections(
        standard_questions.questions_of(case), answer_types.answers_by_code(case)
    )


def applicable_questions(case: Case) -> list[Question]:
    """The questions of the case that are applicable, in order."""
    case_snapshot.with_snapshot(case)
    answers = answer_types.answers_by_code(case)
    return [
        question
        for question in standard_questions.questions_of(case)
        if validators.is_applicable(question, answers)
    ]


def status(section: Section, case: Case, problems: Container[str | None]) -> str:
    """The status of a section in the task list."""
    is_started = any(
        question_types.answer_text(question, case) for question in section.questions
    )
    if any(question.code in problems for question in section.questions):
        return "Incomplete" if is_started else "Not started"
    return "Completed" if is_started else "Optional"


def group_into_sections(
    applicable: Iterable[Question], answers: Mapping[str, object]
) -> list[Section]:
    grouped: dict[str, list[Question]] = {}
    for question in applicable:
        grouped.setdefault(slug_of(question), []).append(question)
    sections = [
        Section(
            slug, questions[0].section, tuple(_questions_on_page(questions, answers))
        )
        for slug, questions in grouped.items()
    ]
    return [section for section in sections if section.questions]


def answers_revealing_all(questions: Iterable[Question]) -> dict[str, list[str]]:
    """Answers that make every question applicable, to show a whole form."""
    answers: dict[str, list[str]] = {}
    for question in questions:
        if question.shown_only_if:
            rule = question.shown_only_if
            answers.setdefault(rule["code"], []).append(rule["answer"])
    return answers


def slug_of(question: Question) -> str:
    return slugify(question.section) or "questions"


def _questions_on_page(
    questions: list[Question], answers: Mapping[str, object]
) -> list[Question]:
    """A question revealed by another of the same section is always on the page."""
    codes = {question.code for question in questions}
    return [
        question
        for question in questions
        if question.shown_only_if.get("code") in codes
        or validators.is_applicable(question, answers)
    ]


def is_on_one_page(case: Case) -> bool:
    """Whether it is a draft for a seed grant whose questions are all in one section, so
    that it needs neither a list of tasks nor a page to check it.
    """
    is_draft = isinstance(case, Expression) and case.state == ExpressionState.DRAFT
    is_seed = case.round.route == Route.SEED
    return is_draft and is_seed and len(sections_of(case)) == 1
