"""What stands beside an answer of a bid: what became of it since the expression of
interest, what the coach said, and what the costs come to.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bids.domain import changes_since_expression, standard
from bids.domain.changes_since_expression import Since
from bids.domain.queries import case_snapshot
from bids.domain.question_types import fact_types as kinds
from bids.models import Bid
from bids.models.question import QuestionKind
from bids.views import comments
from innovation.audit.presenters import Names
from innovation.core.clock import financial_year_name
from innovation.core.money import Money

SAME = "As in the expression of interest"
CHANGED = "Changed since the expression of interest"


@dataclass(slots=True)
class Beside:
    since: Since | None = None
    comments: "list[comments.Said]" = field(default_factory=list)
    totals: list[dict[str, Any]] = field(default_factory=list)

    @property
    def notes(self) -> list[str]:
        """For a row of a summary list."""
        found = [SAME if self.since.same else CHANGED] if self.since else []
        return found + [comment.note for comment in self.comments]


def of(bid: Bid, names: Names) -> Mapping[str, Beside]:
    """By the question's code; `names` are what this reader calls people."""
    told = changes_since_expression.compared(case_snapshot.filled(bid))
    found = {q.code: Beside(told.get(q.code)) for q in standard.asked(bid)}
    for code, comment in comments.of(bid, names):
        if code in found:
            found[code].comments.append(comment)
    for question in standard.asked(bid):
        if question.kind == QuestionKind.COSTS:
            found[question.code].totals = totals(bid)
    return found


def notes(bid: Bid, names: Names) -> Mapping[str, list[str]]:
    return {code: beside.notes for code, beside in of(bid, names).items()}


def totals(bid: Any) -> list[dict[str, Any]]:
    """By financial year, and in all at the end: asked for, from others, together."""
    asked = kinds.by_year(None, bid)
    others: dict[int, int] = {}
    for row in bid.sheet_other_funding:
        year = row["financial_year"]
        others[year] = others.get(year, 0) + row["amount"]
    years = sorted(asked.keys() | others.keys())
    lines = [
        _line(financial_year_name(year), asked.get(year, 0), others.get(year, 0))
        for year in years
    ]
    whole = _line("In all", sum(asked.values()), sum(others.values()))
    return [*lines, whole] if lines else []


def _line(label: str, asked: int, others: int) -> dict[str, Any]:
    return {
        "label": label,
        "asked": Money(asked),
        "others": Money(others),
        "together": Money(asked + others),
    }
