"""Remarks: what is valid but unusual, and should be checked before an import."""

from collections.abc import Iterator

from funding.domain.importing.planned_case import AWARD, PlannedCase
from innovation.core.money import Money

LEAST_USUAL, MOST_USUAL = Money.pounds(1_000), Money.pounds(100_000_000)
_MOST_ROWS_NAMED = 10


class Remarks:
    """The remarks, each with the rows that it is about."""

    def __init__(self) -> None:
        self.rows: dict[str, list[int]] = {}

    def add(self, case: PlannedCase, row: int) -> None:
        for remark in _remarks_on(case):
            self.rows.setdefault(remark, []).append(row)

    def sentences(self) -> Iterator[str]:
        for remark, rows in self.rows.items():
            row_numbers = ", ".join(str(row) for row in rows[:_MOST_ROWS_NAMED])
            omitted = (
                f" and {len(rows) - _MOST_ROWS_NAMED:,} more"
                if len(rows) > _MOST_ROWS_NAMED
                else ""
            )
            yield f"{remark}: row{'s' if len(rows) > 1 else ''} {row_numbers}{omitted}."


def _remarks_on(case: PlannedCase) -> Iterator[str]:
    if case.amount is not None and case.amount < LEAST_USUAL:
        yield f"The amount is below {LEAST_USUAL}, so check its unit"
    if case.amount is not None and case.amount > MOST_USUAL:
        yield f"The amount is above {MOST_USUAL}, so check its unit"
    if case.kind == AWARD and case.financial_year is not None:
        yield "The financial year is left out, as an award has one amount for all years"
