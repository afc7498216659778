"""What a bid says beside what its expression of interest said."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bids.domain import question_types, standard
from bids.domain.queries import case_snapshot
from bids.models import Bid, Question


@dataclass(frozen=True, slots=True)
class Since:
    """`before` is what the expression said, as it reads."""

    same: bool
    before: str


def compared(bid: Bid) -> Mapping[str, Since]:
    """By code, for every question that the expression answered too. Reads the sheets
    of both, fetching what is not there.
    """
    case_snapshot.filled(bid)
    expression = case_snapshot.filled(bid.expression)
    told = {question.code: question for question in standard.asked(expression)}
    found = {}
    for question in standard.asked(bid):
        earlier = told.get(question.code)
        before = question_types.text(earlier, expression) if earlier else ""
        if earlier and before and question_types.of(question).carried:
            same = _said(question, bid) == _said(earlier, expression)
            found[question.code] = Since(same, before)
    return found


def _said(question: Question, case: Any) -> Any:
    kind = question_types.of(question)
    return (kind.compared or kind.text)(question, case)
