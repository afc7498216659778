"""Remarks: what is valid but unusual, and should be checked before an import."""

from collections.abc import Iterator

from bids.models import Expression
from bids.states import ExpressionState
from funding.domain.importing.planned_case import AWARD, EXPRESSION, PlannedCase
from funding.models import Award, ImportedCase
from funding.states import AwardState
from innovation.core.folding import fold
from innovation.core.money import Money
from innovation.organisations.models import Organisation

LEAST_USUAL, MAX_USUAL = Money.pounds(1_000), Money.pounds(100_000_000)


def remarks_on(case: PlannedCase) -> Iterator[str]:
    yield from dict.fromkeys(case.remarks)
    if case.amount is not None and case.amount < LEAST_USUAL:
        yield f"The amount is below {LEAST_USUAL}, so check its unit"
    if case.amount is not None and case.amount > MAX_USUAL:
        yield f"The amount is above {MAX_USUAL}, so check its unit"
    if case.kind == AWARD and case.amount and case.financial_year is not None:
        yield "The financial year is left out, as an award has one amount for all years"


class SimilarCases:
    """Cases that may be the same, and would be counted twice."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str, str], list[int]] = {}
        self.titles: dict[tuple[str, str, str], str] = {}
        self.leads: set[int] = set()

    def add(self, case: PlannedCase, row: int) -> None:
        lead = case.lead
        key = (case.kind, fold(case.title), fold(lead.name if lead else ""))
        self.rows.setdefault(key, []).append(row)
        self.titles.setdefault(key, case.title)
        if isinstance(lead, Organisation):
            self.leads.add(lead.pk)

    def remarks(self) -> Iterator[tuple[str, list[int]]]:
        """Each remark with its rows."""
        for key, rows in self.rows.items():
            if len(rows) > 1:
                yield (
                    f"“{self.titles[key]}” is there more than once with the same lead, "
                    "so check that it is not counted twice",
                    rows,
                )
        for key, reference in self._imported():
            if key in self.rows:
                yield (
                    f"“{self.titles[key]}” may be {reference}, which has the same "
                    "lead, so check that it is not counted twice",
                    self.rows[key],
                )

    def _imported(self) -> Iterator[tuple[tuple[str, str, str], str]]:
        """Only past cases that count: somebody may not know of the others."""
        past = ImportedCase.objects.filter(kind=EXPRESSION).values("subject")
        expressions = Expression.objects.filter(
            key__in=past, lead__in=self.leads
        ).exclude(state=ExpressionState.RETRACTED)
        awards = Award.objects.filter(state=AwardState.RECORDED, lead__in=self.leads)
        for kind, saved in ((EXPRESSION, expressions), (AWARD, awards)):
            rows = saved.order_by("pk").values_list("title", "lead__name", "key")
            for title, lead, key in rows:
                yield (kind, fold(title), fold(lead)), key
