"""What each kind of question means: where its answer is kept and how it reads.

A kind reads the case's sheet (`queries.sheets`) and makes no query. How it is asked on
a page is in `forms.kinds`.
"""

from collections.abc import Mapping
from typing import Any

from bids import validators
from bids.domain.question_types import answer_types, fact_types
from bids.domain.question_types.question_type import Kind as Kind
from bids.models import Question
from bids.models.question import QuestionKind

KINDS: Mapping[str, Kind] = {**answer_types.KINDS, **fact_types.KINDS}
_ESSENTIAL = {
    "expression": (QuestionKind.TITLE, QuestionKind.SUMMARY, QuestionKind.MONEY_ASKED),
    "bid": (QuestionKind.TITLE, QuestionKind.SUMMARY, QuestionKind.COSTS),
}


def essential(stage: str) -> tuple[QuestionKind, ...]:
    """What the service cannot do without, so that every set must ask for it."""
    return _ESSENTIAL[stage]


def of(question: Question) -> Kind:
    return KINDS[question.kind]


def for_stage(stage: str) -> list[tuple[str, str]]:
    """The kinds a set of this stage may use, with what they are called."""
    return [
        (kind.value, str(kind.label))
        for kind in QuestionKind
        if stage in KINDS[kind].stages
    ]


def text(question: Question, case: Any) -> str:
    """What the case says, as it is read by people; empty where it says nothing."""
    return of(question).text(question, case)


def plain(question: Question, case: Any) -> Any:
    """An answer as JSON for programs; None of a fact, and where nothing was said."""
    return of(question).plain(question, case)


def problem(question: Question, case: Any) -> str | None:
    """What stops this answer from being sent, or None."""
    kind = of(question)
    said = kind.text(question, case)
    if not said:
        return kind.missing(question) if question.required else None
    if kind.counts_words:
        over = validators.over_limit(question, said)
        if over:
            return over
    return kind.also(question, case)
