"""What each kind of question means: where its answer is kept and how it reads.

A type reads the case's snapshot (`queries.case_snapshot`) and makes no query. How it is
asked on a page is in `forms.question_types`.
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
    """What the service cannot do without, so that every set must ask for it."""
    return _ESSENTIAL_TYPES[stage]


def definition_of(question: Question) -> QuestionTypeDefinition:
    return DEFINITIONS[question.kind]


def types_for_stage(stage: str) -> list[tuple[str, str]]:
    """The kinds a set of this stage may use, with what they are called."""
    return [
        (kind.value, str(kind.label))
        for kind in QuestionType
        if stage in DEFINITIONS[kind].stages
    ]


def answer_text(question: Question, case: Case) -> str:
    """What the case says, as it is read by people; empty where it says nothing."""
    return definition_of(question).text(question, case)


def json_value(question: Question, case: Case) -> object:
    """An answer as JSON for programs; None of a fact, and where nothing was said."""
    return definition_of(question).json_value(question, case)


def answer_problem(question: Question, case: Case) -> str | None:
    """What stops this answer from being sent, or None."""
    kind = definition_of(question)
    said = kind.text(question, case)
    if not said:
        return kind.missing_message(question) if question.required else None
    if kind.counts_words:
        over = validators.length_problem(question, said)
        if over:
            return over
    return kind.extra_problem(question, case)
