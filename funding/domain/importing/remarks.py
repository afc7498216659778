"""What is no problem in a case and should be looked at before it is brought in."""

from collections.abc import Iterator

from funding.domain.importing.planned import AWARD, Case
from innovation.core.money import Money

LEAST, MOST = Money.pounds(1_000), Money.pounds(100_000_000)
_NAMED = 10


class Remarks:
    """Each remark once, with the rows it is about."""

    def __init__(self) -> None:
        self.rows: dict[str, list[int]] = {}

    def take(self, case: Case, row: int) -> None:
        for remark in _about(case):
            self.rows.setdefault(remark, []).append(row)

    def sentences(self) -> Iterator[str]:
        for remark, rows in self.rows.items():
            named = ", ".join(str(row) for row in rows[:_NAMED])
            more = f" and {len(rows) - _NAMED:,} more" if len(rows) > _NAMED else ""
            yield f"{remark}: row{'s' if len(rows) > 1 else ''} {named}{more}."


def _about(case: Case) -> Iterator[str]:
    if case.amount is not None and case.amount < LEAST:
        yield f"The amount is below {LEAST}, so check its unit"
    if case.amount is not None and case.amount > MOST:
        yield f"The amount is above {MOST}, so check its unit"
    if case.kind == AWARD and case.financial_year is not None:
        yield "The financial year is left out, as an award has one amount for all years"
