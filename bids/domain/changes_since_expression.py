"""Compares the answers of a bid with those of its expression of interest."""

from collections.abc import Mapping
from dataclasses import dataclass

from bids.domain import question_types, standard_questions
from bids.domain.case_facts import Case
from bids.domain.queries import case_snapshot
from bids.models import Bid, Question


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """`expression_text` is the expression's answer as text."""

    is_same: bool
    expression_text: str


def changes_by_code(bid: Bid) -> Mapping[str, AnswerChange]:
    """Changes by code, for every question that the expression answered too. Reads the
    snapshots of both, and fetches them if needed.
    """
    case_snapshot.with_snapshot(bid)
    expression = case_snapshot.with_snapshot(bid.expression)
    expression_questions = {
        question.code: question
        for question in standard_questions.questions_of(expression)
    }
    changes = {}
    for question in standard_questions.questions_of(bid):
        earlier = expression_questions.get(question.code)
        before = question_types.answer_text(earlier, expression) if earlier else ""
        if earlier and before and question_types.definition_of(question).carries_over:
            same = _comparable_value(question, bid) == _comparable_value(
                earlier, expression
            )
            changes[question.code] = AnswerChange(same, before)
    return changes


def _comparable_value(question: Question, case: Case) -> object:
    kind = question_types.definition_of(question)
    return (kind.comparable_value or kind.text)(question, case)
