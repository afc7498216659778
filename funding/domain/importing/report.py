"""The report on a file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from funding.domain.importing.planned_case import AWARD, EXPRESSION, PlannedCase

MAX_PROBLEMS = 500
"""Different problems; one that many rows have is one problem."""
MAX_PROBLEM_ROWS = 20_000
"""Problems of all rows, after which the check stops."""
_MAX_RANGES = 30
_MORE_PROBLEMS = "There are more problems: correct these first."


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem of some rows: `row` is the first, and `rows` names them all. `row` is
    `None` if it is about the whole file.
    """

    row: int | None
    column: str
    sentence: str
    rows: str = ""


@dataclass(slots=True)
class Report:
    """The cases and problems of a file. It cannot be applied while there are
    `problems`; `notices` are only for information.
    """

    rows: int = 0
    unchanged: int = 0
    cases: list[tuple[PlannedCase, str]] = field(default_factory=list)
    _problems: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    _notices: dict[str, list[int]] = field(default_factory=dict)
    _problem_rows: int = 0
    is_full: bool = False

    def add_problem(self, row: int | None, column: str, sentence: str) -> None:
        """Add a problem, or the row to the same problem of other rows."""
        key = (column, sentence)
        is_new = key not in self._problems
        if self._problem_rows >= MAX_PROBLEM_ROWS or (
            is_new and len(self._problems) >= MAX_PROBLEMS - 1
        ):
            self.is_full = True
            return
        self._problem_rows += 1
        _add_row(self._problems.setdefault(key, []), row)

    def add_notice(self, sentence: str, row: int | None = None) -> None:
        """Add a notice, without its last full stop if it is about rows."""
        _add_row(self._notices.setdefault(sentence, []), row)

    @property
    def problems(self) -> list[Problem]:
        problems = [
            Problem(rows[0] if rows else None, column, sentence, rows_text(rows))
            for (column, sentence), rows in self._problems.items()
        ]
        return (
            [*problems, Problem(None, "", _MORE_PROBLEMS)] if self.is_full else problems
        )

    @property
    def notices(self) -> list[str]:
        return [
            f"{sentence}: {_row_word(rows)} {rows_text(rows)}." if rows else sentence
            for sentence, rows in self._notices.items()
        ]

    def count(self, kind: str) -> int:
        return sum(case.kind == kind for case, _ in self.cases)

    @property
    def expressions(self) -> int:
        return self.count(EXPRESSION)

    @property
    def awards(self) -> int:
        return self.count(AWARD)


def rows_text(rows: Iterable[int]) -> str:
    """`4, 7 and 12 to 40`."""
    ranges: list[list[int]] = []
    for row in sorted(rows):
        if ranges and row == ranges[-1][1] + 1:
            ranges[-1][1] = row
        else:
            ranges.append([row, row])
    named, omitted = ranges[:_MAX_RANGES], ranges[_MAX_RANGES:]
    texts = [text for first, last in named for text in _range_texts(first, last)]
    if omitted:
        texts.append(f"{sum(last - first + 1 for first, last in omitted):,} more")
    return " and ".join(text for text in (", ".join(texts[:-1]), *texts[-1:]) if text)


def _range_texts(first: int, last: int) -> list[str]:
    if last > first + 1:
        return [f"{first} to {last}"]
    return [str(row) for row in range(first, last + 1)]


def _row_word(rows: Sequence[int]) -> str:
    return "row" if len(rows) == 1 else "rows"


def _add_row(rows: list[int], row: int | None) -> None:
    if row is not None and row not in rows[-1:]:
        rows.append(row)
