"""Facts that are several rows of the same few fields: those there are, and two more."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import prefetch_related_objects
from django.forms import Field

from bids.domain.case_facts import Case
from bids.forms.question_fields import Fields, QuestionField, Said, Submitted
from bids.models import Question
from innovation.core import limits
from innovation.web import forms

SPARE, MOST = 2, limits.ROWS


class Rows(QuestionField):
    """A row left empty is dropped."""

    name: ClassVar[str]
    """The fact the rows are."""
    noun: ClassVar[str]
    columns: ClassVar[Mapping[str, Callable[[], Field]]]
    """A field for each column."""
    needed: ClassVar[Mapping[str, str]]
    """What to say where a column is empty and the rest of its row is not."""
    choices_of: ClassVar[Mapping[str, Callable[[Case], list[tuple[str, str]]]]] = {}

    def fields(self, question: Question, case: Case, came: Submitted) -> Fields:
        there = self._sent(came.ends) if came.ends else len(self._kept(case)) + SPARE
        chosen = {name: of(case) for name, of in self.choices_of.items()}
        made: Fields = {}
        columns = self.columns_of(case)
        for number in range(1, min(max(there, came.rows), MOST) + 1):
            for column, make in columns.items():
                field = make()
                field.required = False
                forms.of_row(field, f"{self.noun} {number}")
                forms.without_optional(field)
                if column in chosen:
                    forms.offer(field, chosen[column])
                made[f"{column}_{number}"] = field
        return made

    def columns_of(self, case: Case) -> Mapping[str, Callable[[], Field]]:
        return self.columns

    def _sent(self, ends: Sequence[str]) -> int:
        first = f"{next(iter(self.columns))}_"
        numbers = [
            # Python reads no number of thousands of digits, and nobody has such rows.
            end.removeprefix(first)[:9]
            for end in ends
            if end.startswith(first)
        ]
        found = [int(number) for number in numbers if number.isdecimal()]
        return max(found, default=SPARE)

    def _kept(self, case: Case) -> list[Any]:
        """Read once, however often the page asks."""
        if not case.pk:
            return []
        prefetch_related_objects([case], self.name)
        return list(getattr(case, self.name).all())

    def initial(self, question: Question, case: Case) -> dict[str, Any]:
        return {
            f"{column}_{number}": self.shown(row, column)
            for number, row in enumerate(self._kept(case), start=1)
            for column in self.columns_of(case)
        }

    def shown(self, row: Any, column: str) -> Any:
        return getattr(row, column)

    def problems(self, said: Said) -> dict[str, str]:
        return {
            f"{column}_{number}": sentence
            for number, row in self._numbered(said)
            for column, sentence in self.needed.items()
            if row.get(column) in (None, "")
        }

    def value(self, said: Said) -> list[dict[str, Any]]:
        return [self.row(row) for _, row in self._numbered(said)]

    def row(self, row: dict[str, Any]) -> dict[str, Any]:
        """The row as the fact takes it."""
        return row

    def _numbered(self, said: Said) -> list[tuple[int, dict[str, Any]]]:
        rows: dict[int, dict[str, Any]] = {}
        for end, value in said.items():
            column, _, number = end.rpartition("_")
            rows.setdefault(int(number), {})[column] = value
        return [(number, row) for number, row in sorted(rows.items()) if _begun(row)]


def _begun(row: Mapping[str, Any]) -> bool:
    return any(value not in (None, "", False) for value in row.values())
