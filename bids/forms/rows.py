"""Several rows of the same few fields: those there are, and two more."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.forms import Field

from bids.domain.facts import Case
from bids.forms.section import SectionForm

SPARE, MOST = 2, 60


class RowsForm(SectionForm):
    """`rows_name` is the fact the rows are; a row left empty is dropped."""

    rows_name: ClassVar[str]
    noun: ClassVar[str]
    columns: ClassVar[Mapping[str, Callable[[str], Field]]]
    """A field for each column, given what to put before its label."""
    needed: ClassVar[Mapping[str, str]]
    """What to say where a column is empty and the rest of its row is not."""
    choices_of: ClassVar[Mapping[str, Callable[[Case], list[tuple[str, str]]]]] = {}

    def build(self) -> None:
        self.count = self._count()
        for number in range(1, self.count + 1):
            for column, make in self.columns.items():
                field = make(f"{self.noun} {number}: ")
                field.required = False
                if column in self.choices_of:
                    choices = self.choices_of[column](self.case)
                    field.choices = [("", ""), *choices]  # type: ignore[attr-defined]  # a choice field
                self.fields[f"{column}_{number}"] = field

    def _count(self) -> int:
        if not self.is_bound:
            return min(len(self._kept(self.case)) + SPARE, MOST)
        first = next(iter(self.columns))
        numbers = [
            # Python reads no number of thousands of digits, and nobody has such rows.
            name.removeprefix(f"{first}_")[:9]
            for name in self.data
            if name.startswith(f"{first}_")
        ]
        posted = [int(number) for number in numbers if number.isdecimal()]
        return min(max(posted, default=SPARE), MOST)

    @classmethod
    def _kept(cls, case: Case) -> list[Any]:
        return list(getattr(case, cls.rows_name).all())

    @classmethod
    def initial_of(cls, case: Case) -> dict[str, Any]:
        return {
            f"{column}_{number}": getattr(row, column)
            for number, row in enumerate(cls._kept(case), start=1)
            for column in cls.columns
        }

    def clean(self) -> dict[str, Any]:
        for number in range(1, self.count + 1):
            row = self._row(number)
            if not any(value not in (None, "") for value in row.values()):
                continue
            for column, sentence in self.needed.items():
                name = f"{column}_{number}"
                if row[column] in (None, "") and name not in self.errors:
                    self.add_error(name, sentence)
        return self.cleaned_data

    def _row(self, number: int) -> dict[str, Any]:
        return {
            column: self.cleaned_data.get(f"{column}_{number}")
            for column in self.columns
        }

    def rows(self) -> list[dict[str, Any]]:
        found = [self._row(number) for number in range(1, self.count + 1)]
        return [
            row
            for row in found
            if any(value not in (None, "") for value in row.values())
        ]

    def facts(self) -> dict[str, Any]:
        return {self.rows_name: self.rows()}
