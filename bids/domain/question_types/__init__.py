"""The types of question: where their answers are stored, and how they are shown.

A type reads the case's snapshot (`queries.case_snapshot`) and makes no query. Its form
fields are in `forms.question_types`.
"""

from collections.abc import Mapping

from bids import validators
from bids.domain.applications import Case
from bids.domain.question_types import answer_types, fact_types
from bids.domain.question_types.definition import (
    QuestionTypeDefinition as QuestionTypeDefinition,
)
from bids.models import Question
from bids.models.question_type import QuestionType

DEFINITIONS: Mapping[str, QuestionTypeDefinition] = {
    **answer_types.DEFINITIONS,
    **fact_types.DEFINITIONS,
}
_ESSENTIAL_TYPES = {
    "expression": (QuestionType.TITLE, QuestionType.SUMMARY, QuestionType.MONEY_ASKED),
    "bid": (QuestionType.TITLE, QuestionType.SUMMARY, QuestionType.COSTS),
}


def essential_types(stage: str) -> tuple[QuestionType, ...]:
    """The types that every set must have, because the service needs them."""
    return _ESSENTIAL_TYPES[stage]


def definition_of(question: Question) -> QuestionTypeDefinition:
    return DEFINITIONS[question.kind]


def types_for_stage(stage: str) -> list[tuple[str, str]]:
    """The types that a set of this stage may use, with their labels."""
    return [
        (kind.value, str(kind.label))
        for kind in QuestionType
        if stage in DEFINITIONS[kind].stages
    ]


def answer_text(question: Question, case: Case) -> str:
    """The answer as text; empty if there is none."""
    return definition_of(question).text(question, case)


def json_value(question: Question, case: Case) -> object:
    """An answer as JSON; `None` for a fact, and if there is no answer."""
    return definition_of(question).json_value(question, case)


def answer_problem(question: Question, case: Case) -> str | None:
    """Why this answer cannot be sent, or `None`."""
    kind = definition_of(question)
    text = kind.text(question, case)
    if not text:
        return kind.missing_message(question) if question.required else None
    if kind.counts_words:
        length_problem = validators.length_problem(question, text)
        if length_problem:
            return length_problem
    return kind.extra_problem(question, case)
