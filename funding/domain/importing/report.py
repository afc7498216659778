"""The report on a file."""

from dataclasses import dataclass, field

from funding.domain.importing.planned_case import AWARD, EXPRESSION, PlannedCase

MOST_PROBLEMS = 500


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem; `row` is `None` if it is about the whole file."""

    row: int | None
    column: str
    sentence: str


@dataclass(slots=True)
class Report:
    """The cases and problems of a file. It cannot be applied while there are
    `problems`; `notices` are only for information.
    """

    rows: int = 0
    unchanged: int = 0
    cases: list[tuple[PlannedCase, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def count(self, kind: str) -> int:
        return sum(case.kind == kind for case, _ in self.cases)

    @property
    def expressions(self) -> int:
        return self.count(EXPRESSION)

    @property
    def awards(self) -> int:
        return self.count(AWARD)
