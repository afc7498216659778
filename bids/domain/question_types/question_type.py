"""The shape of a kind."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bids.models import Question

BOTH = ("expression", "bid")


def _named(question: Question) -> str:
    return f"Answer “{question.wording}”"


def _nothing(question: Question, case: Any) -> None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    text: Callable[[Question, Any], str]
    plain: Callable[[Question, Any], Any] = _nothing
    """An answer as JSON for programs: money as pounds in text, files by their names;
    None where nothing was said. Facts are read in their own columns and rows.
    """
    fact: str = ""
    """The name it has in `domain.case_facts`; empty where the answer is kept as one."""
    stages: tuple[str, ...] = BOTH
    missing: Callable[[Question], str] = _named
    """What to say where a required answer is not there."""
    also: Callable[[Question, Any], str | None] = _nothing
    """What stops a case from being sent although something was said."""
    compared: Callable[[Question, Any], Any] | None = None
    """What is the same in an expression and the bid it became, where that is not how
    it reads.
    """
    carried: bool = True
    """An answer goes along from the expression to the bid."""
    counts_words: bool = False
    offers_choices: bool = False


def says(sentence: str) -> Callable[[Question], str]:
    return lambda question: sentence
