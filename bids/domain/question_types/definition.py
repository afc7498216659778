"""The shape of a kind."""

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
    """An answer as JSON for programs: money as pounds in text, files by their names;
    None where nothing was said. Facts are read in their own columns and rows.
    """
    fact: str = ""
    """Its name in `domain.applications`; empty where the answer is kept as one."""
    stages: tuple[str, ...] = BOTH_STAGES
    missing_message: Callable[[Question], str] = _answer_message
    """What to say where a required answer is not there."""
    extra_problem: Callable[[Question, Case], str | None] = _no_value
    """What stops a case from being sent although something was said."""
    comparable_value: Callable[[Question, Case], object] | None = None
    """What is the same in an expression and the bid it became, where that is not how
    it reads.
    """
    carries_over: bool = True
    """An answer goes along from the expression to the bid."""
    counts_words: bool = False
    offers_choices: bool = False


def fixed_message(sentence: str) -> Callable[[Question], str]:
    return lambda question: sentence
