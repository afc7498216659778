"""Notes beside the answers of a bid: changes since the expression of interest, comments
and totals.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bids.domain import standard_questions
from bids.domain.applications import Case
from bids.domain.queries import case_snapshot, comments
from bids.domain.queries.bids import AnswerChange, changes_by_code
from bids.domain.question_types import fact_types as kinds
from bids.models import Bid
from bids.models.question_type import QuestionType
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
        notes = (
            [SAME if self.comparison.is_same else CHANGED] if self.comparison else []
        )
        return notes + [comment.note for comment in self.comments]


def notes_by_code(bid: Bid, names: Names) -> Mapping[str, AnswerNotes]:
    """The notes by the question's code. `names` gives the names that the reader may
    see.
    """
    changes = changes_by_code(case_snapshot.with_snapshot(bid))
    questions = standard_questions.questions_of(bid)
    notes = {
        question.code: AnswerNotes(changes.get(question.code)) for question in questions
    }
    for code, comment in comments.displayed_comments(bid, names):
        if code in notes:
            notes[code].comments.append(comment)
    for question in questions:
        if question.kind == QuestionType.COSTS:
            notes[question.code].cost_totals = cost_totals(bid)
    return notes


def summary_notes(bid: Bid, names: Names) -> Mapping[str, list[str]]:
    return {
        code: notes.summary_notes for code, notes in notes_by_code(bid, names).items()
    }


def cost_totals(case: Case) -> list[dict[str, object]]:
    """The money requested, from others and in total: by financial year, then in all."""
    requested = kinds.pence_by_year(None, case)
    other_funding: dict[int, int] = {}
    other_rows = case.snapshot_other_funding if isinstance(case, Bid) else []
    for row in other_rows:
        year = row["financial_year"]
        other_funding[year] = other_funding.get(year, 0) + row["amount"]
    years = sorted(requested.keys() | other_funding.keys())
    lines = [
        _cost_total(
            financial_year_name(year),
            requested.get(year, 0),
            other_funding.get(year, 0),
        )
        for year in years
    ]
    total = _cost_total("Total", sum(requested.values()), sum(other_funding.values()))
    return [*lines, total] if lines else []


def _cost_total(label: str, requested: int, other_funding: int) -> dict[str, object]:
    return {
        "label": label,
        "requested": Money(requested),
        "other_funding": Money(other_funding),
        "total": Money(requested + other_funding),
    }
