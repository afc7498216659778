"""The definition of a type of question."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bids.domain.applications import Case
from bids.models import Question

BOTH_STAGES = ("expression", "bid")


def _answer_message(question: Question) -> str:
    return f"Answer “{question.wording}”"


def _no_value(question: Question, case: Case) -> None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionTypeDefinition:
    text: Callable[[Question, Case], str]
    json_value: Callable[[Question, Case], Any] = _no_value
    """The answer as JSON: money as pounds in text, files by their names; `None` if
    there is no answer. Facts have fields of their own in the API.
    """
    fact: str = ""
    """Its name in `domain.applications`; empty if the answer is not a fact."""
    stages: tuple[str, ...] = BOTH_STAGES
    missing_message: Callable[[Question], str] = _answer_message
    """The message if a required answer is missing."""
    extra_problem: Callable[[Question, Case], str | None] = _no_value
    """Another reason why the answer cannot be sent."""
    comparable_value: Callable[[Question, Case], object] | None = None
    """The value by which an expression and its bid are compared, if not by the text."""
    carries_over: bool = True
    """Whether the answer is copied from the expression to the bid."""
    counts_words: bool = False
    offers_choices: bool = False


def fixed_message(sentence: str) -> Callable[[Question], str]:
    return lambda question: sentence
