"""Notes beside the answers of a bid: changes since the expression of interest, comments
and totals.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bids.domain import changes_since_expression, standard_questions
from bids.domain.changes_since_expression import AnswerChange
from bids.domain.queries import case_snapshot
from bids.domain.question_types import fact_types as kinds
from bids.models import Bid
from bids.models.question import QuestionType
from bids.views import comments
from innovation.audit.presenters import Names
from innovation.core.clock import financial_year_name
from innovation.core.money import Money

SAME = "As in the expression of interest"
CHANGED = "Changed since the expression of interest"


@dataclass(slots=True)
class AnswerNotes:
    comparison: AnswerChange | None = None
    comments: "list[comments.DisplayedComment]" = field(default_factory=list)
    cost_totals: list[dict[str, object]] = field(default_factory=list)

    @property
    def summary_notes(self) -> list[str]:
        """The notes for a row of a summary list."""
        found = (
            [SAME if self.comparison.is_same else CHANGED] if self.comparison else []
        )
        return found + [comment.note for comment in self.comments]


def notes_by_code(bid: Bid, names: Names) -> Mapping[str, AnswerNotes]:
    """Notes by the question's code; `names` are those that this user may see."""
    told = changes_since_expression.changes_by_code(case_snapshot.with_snapshot(bid))
    found = {
        q.code: AnswerNotes(told.get(q.code))
        for q in standard_questions.questions_of(bid)
    }
    for code, comment in comments.displayed_comments(bid, names):
        if code in found:
            found[code].comments.append(comment)
    for question in standard_questions.questions_of(bid):
        if question.kind == QuestionType.COSTS:
            found[question.code].cost_totals = cost_totals(bid)
    return found


def summary_notes(bid: Bid, names: Names) -> Mapping[str, list[str]]:
    return {
        code: beside.summary_notes for code, beside in notes_by_code(bid, names).items()
    }


def cost_totals(bid: Bid) -> list[dict[str, object]]:
    """By financial year, then in total: requested, from others, together."""
    asked = kinds.pence_by_year(None, bid)
    others: dict[int, int] = {}
    for row in bid.snapshot_other_funding:
        year = row["financial_year"]
        others[year] = others.get(year, 0) + row["amount"]
    years = sorted(asked.keys() | others.keys())
    lines = [
        _cost_total(financial_year_name(year), asked.get(year, 0), others.get(year, 0))
        for year in years
    ]
    whole = _cost_total("In all", sum(asked.values()), sum(others.values()))
    return [*lines, whole] if lines else []


def _cost_total(label: str, asked: int, others: int) -> dict[str, object]:
    return {
        "label": label,
        "requested": Money(asked),
        "other_funding": Money(others),
        "total": Money(asked + others),
    }
