"""What was found by due diligence on a case, and what of it is still to do."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from bids.models import (
    DueDiligence,
    DueDiligenceArea,
    DueDiligenceState,
    Expression,
)
from innovation.core import statements

COLOURS = {
    DueDiligenceState.UNDER_WAY: "yellow",
    DueDiligenceState.SATISFACTORY: "green",
    DueDiligenceState.NOT_SATISFACTORY: "red",
}


@dataclass(frozen=True, slots=True)
class AreaFindings:
    """An area with its records, the newest first: the first one counts. The round
    decides whether it `is_needed` before an offer.
    """

    area: DueDiligenceArea
    records: Sequence[DueDiligence]
    is_needed: bool

    @property
    def current(self) -> DueDiligence | None:
        return self.records[0] if self.records else None

    @property
    def earlier(self) -> Sequence[DueDiligence]:
        return self.records[1:]

    @property
    def is_settled(self) -> bool:
        """Whether somebody has found something, so that it is only done again."""
        current = self.current
        return current is not None and current.state != DueDiligenceState.UNDER_WAY

    @property
    def blocks(self) -> bool:
        """Whether no grant can be offered because of it."""
        current = self.current
        return self.is_needed and (
            current is None or current.state != DueDiligenceState.SATISFACTORY
        )

    @property
    def tag(self) -> tuple[str, str]:
        """Words and colour."""
        if self.current is None:
            return "Not done yet", "grey"
        state = DueDiligenceState(self.current.state)
        return state.label, COLOURS[state]


def of_case(expression: int, needed: Collection[str]) -> list[AreaFindings]:
    """Every area, for the expression with this id, whose round needs some of them."""
    records: dict[str, list[DueDiligence]] = {}
    for row in statements.fetch(_records, expression):
        records.setdefault(row.area, []).append(row)
    return [
        AreaFindings(area, records.get(area, []), area in needed)
        for area in DueDiligenceArea
    ]


def findings_of(expression: Expression, area: str) -> AreaFindings:
    findings = of_case(expression.pk, expression.round.due_diligence)
    return next(row for row in findings if row.area == area)


def words(findings: Sequence[AreaFindings]) -> list[str]:
    """A line for each area that is needed or was looked into."""
    return [
        f"{row.area.label}: {row.tag[0].lower()}"
        for row in findings
        if row.is_needed or row.records
    ]


def blocking(findings: Sequence[AreaFindings]) -> str:
    """Why no grant can be offered, in a sentence; empty if it can."""
    reasons = [
        f"{row.area.label} ({row.tag[0].lower()})" for row in findings if row.blocks
    ]
    if not reasons:
        return ""
    *first, last = reasons
    listed = f"{', '.join(first)} and {last}" if first else last
    return f"You cannot offer this grant until due diligence is satisfactory: {listed}."


def satisfactory_areas() -> QuerySet[DueDiligence]:
    """The newest record of each area of each case, where it is satisfactory."""
    later = DueDiligence.objects.filter(
        expression=OuterRef("expression"), area=OuterRef("area"), pk__gt=OuterRef("pk")
    )
    return DueDiligence.objects.filter(
        ~Exists(later), state=DueDiligenceState.SATISFACTORY
    )


def _records(expression: int) -> QuerySet[DueDiligence]:
    rows = DueDiligence.objects.filter(expression=expression)
    return rows.select_related("recorded_by", "document").order_by("-pk")
