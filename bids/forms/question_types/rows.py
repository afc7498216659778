"""Fields for facts with several rows: the existing rows, and two empty ones."""

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from django.db.models import prefetch_related_objects
from django.forms import Field

from bids.domain.applications import Case
from bids.forms.question_types.question_fields import (
    Fields,
    FieldValues,
    QuestionField,
    Submitted,
)
from bids.models import Question
from bids.models.application import Row
from innovation.core import limits
from innovation.web import forms

SPARE_ROWS, MAX_ROWS = 2, limits.ROWS


class Rows(QuestionField):
    """A fact with several rows. Empty rows are dropped."""

    name: ClassVar[str]
    """The name of the fact."""
    row_label: ClassVar[str]
    columns: ClassVar[Mapping[str, Callable[[], Field]]]
    """The fields by column."""
    required_columns: ClassVar[Mapping[str, str]]
    """The messages for a column that is empty although its row is not."""
    column_choices: ClassVar[Mapping[str, Callable[[Case], list[tuple[str, str]]]]] = {}

    def fields(self, question: Question, case: Case, submitted: Submitted) -> Fields:
        count = (
            self._submitted_row_count(submitted.suffixes)
            if submitted.suffixes
            else len(self._saved_rows(case)) + SPARE_ROWS
        )
        choices = {name: of(case) for name, of in self.column_choices.items()}
        fields: Fields = {}
        columns = self.columns_of(case)
        for number in range(1, min(max(count, submitted.rows), MAX_ROWS) + 1):
            for column, create_field in columns.items():
                field = create_field()
                field.required = False
                forms.label_with_row(field, f"{self.row_label} {number}")
                forms.hide_optional_marker(field)
                if column in choices:
                    forms.set_choices(field, choices[column])
                fields[f"{column}_{number}"] = field
        return fields

    def columns_of(self, case: Case) -> Mapping[str, Callable[[], Field]]:
        return self.columns

    def _submitted_row_count(self, suffixes: Sequence[str]) -> int:
        first = f"{next(iter(self.columns))}_"
        numbers = [
            # Python refuses numbers with thousands of digits.
            suffix.removeprefix(first)[:9]
            for suffix in suffixes
            if suffix.startswith(first)
        ]
        row_numbers = [int(number) for number in numbers if number.isdecimal()]
        return max(row_numbers, default=SPARE_ROWS)

    def _saved_rows(self, case: Case) -> list[object]:
        """The saved rows. They are prefetched, so that only one query reads them."""
        if not case.pk:
            return []
        prefetch_related_objects([case], self.name)
        return list(getattr(case, self.name).all())

    def initial(self, question: Question, case: Case) -> dict[str, object]:
        return {
            f"{column}_{number}": self.column_value(row, column)
            for number, row in enumerate(self._saved_rows(case), start=1)
            for column in self.columns_of(case)
        }

    def column_value(self, row: object, column: str) -> object:
        return getattr(row, column)

    def problems(self, values: FieldValues) -> dict[str, str]:
        return {
            f"{column}_{number}": sentence
            for number, row in self._numbered_rows(values)
            for column, sentence in self.required_columns.items()
            if row.get(column) in (None, "")
        }

    def value(self, values: FieldValues) -> list[Row]:
        return [self.clean_row(row) for _, row in self._numbered_rows(values)]

    def clean_row(self, row: Row) -> Row:
        """The row as `applications` takes it."""
        return row

    def _numbered_rows(self, values: FieldValues) -> list[tuple[int, Row]]:
        rows: dict[int, Row] = {}
        for suffix, value in values.items():
            column, _, number = suffix.rpartition("_")
            rows.setdefault(int(number), {})[column] = value
        return [
            (number, row) for number, row in sorted(rows.items()) if _is_started(row)
        ]


def _is_started(row: Mapping[str, object]) -> bool:
    return any(value not in (None, "", False) for value in row.values())
