"""The made-up ideas of today: what each case asks for, from `ideas.csv`."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from innovation.core.money import Money
from innovation.organisations.domain.data_files import Row, read_rows, split_cell

FILE = Path(__file__).with_name("ideas.csv")
NEXT_YEAR = "next year"


@dataclass(frozen=True, slots=True)
class Idea:
    """`instalments` are the days on which its money falls due: a number of days from
    today, or “next year”. Each is of the same `amount`. `number` varies the texts.
    """

    number: int
    title: str
    strand: int
    idea_type: str
    practice_models: tuple[str, ...]
    councils: tuple[str, ...]
    partners: tuple[str, ...]
    amount: Money
    instalments: tuple[str, ...]
    summary: str
    needs: str
    outcome: str
    measure: str
    baseline: Decimal | None
    target: Decimal | None


def idea_of(title: str) -> Idea:
    return _ideas()[title]


@cache
def _ideas() -> dict[str, Idea]:
    rows = read_rows(FILE)
    return {row["title"]: _idea(number, row) for number, row in enumerate(rows)}


def _idea(number: int, row: Row) -> Idea:
    return Idea(
        number=number,
        title=row["title"],
        strand=int(row["strand"]),
        idea_type=row["idea_type"],
        practice_models=tuple(split_cell(row["practice_models"])),
        councils=tuple(split_cell(row["councils"])),
        partners=tuple(split_cell(row["partners"])),
        amount=Money.pounds(int(row["pounds"])),
        instalments=tuple(split_cell(row["instalments"])),
        summary=row["summary"],
        needs=row["needs"],
        outcome=row["outcome"],
        measure=row["measure"],
        baseline=_number(row["baseline"]),
        target=_number(row["target"]),
    )


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None
