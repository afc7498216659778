"""What stands beside an answer of a bid: what became of it since the expression of
interest, what the coach said, and what the costs come to.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bids.domain import since, standard
from bids.domain.kinds import facts as kinds
from bids.domain.queries import sheets
from bids.domain.since import Since
from bids.models import Bid
from bids.models.question import QuestionKind
from innovation.core.clock import financial_year_name
from innovation.core.money import Money
from innovation.web.words import written_date

SAME = "As in the expression of interest"
CHANGED = "Changed since the expression of interest"


@dataclass(slots=True)
class Beside:
    since: Since | None = None
    comments: list[dict[str, Any]] = field(default_factory=list)
    totals: list[dict[str, Any]] = field(default_factory=list)

    @property
    def notes(self) -> list[str]:
        """For a row of a summary list."""
        found = [SAME if self.since.same else CHANGED] if self.since else []
        return found + [
            f"Comment by {said['made_by']} on {said['day']}: {said['text']}"
            for said in self.comments
        ]


def of(bid: Bid, *, names: bool) -> Mapping[str, Beside]:
    """By the question's code. An applicant reads no `names` of the department."""
    told = since.compared(sheets.filled(bid))
    found = {q.code: Beside(told.get(q.code)) for q in standard.asked(bid)}
    for row in bid.sheet_comments:  # type: ignore[attr-defined]  # of its sheet
        if row["code"] in found:
            found[row["code"]].comments.append(_comment(row, names))
    for question in standard.asked(bid):
        if question.kind == QuestionKind.COSTS:
            found[question.code].totals = totals(bid)
    return found


def notes(bid: Bid, *, names: bool) -> Mapping[str, list[str]]:
    return {code: beside.notes for code, beside in of(bid, names=names).items()}


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


def _comment(row: Mapping[str, Any], names: bool) -> dict[str, Any]:
    return {
        "text": row["text"],
        "made_by": row["made_by"] if names else "the department",
        "day": written_date(datetime.fromisoformat(row["made_at"])),
    }
