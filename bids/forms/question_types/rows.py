"""Fields for facts with several rows: the existing rows, and two empty ones."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
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
Columns = Mapping[str, Callable[[], Field]]
_TOO_MANY = f"Remove this row. There can be at most {MAX_ROWS}"
_MAX_SHOWN = 2 * MAX_ROWS
"""Rows that were sent although they are too many are shown, for their writer to choose
which to remove.
"""
_ROW_NUMBER = re.compile(r"_([0-9]{1,9})(?:_(?:day|month|year))?$")
"""At the end of the name of a field, or of a part of a date."""


class Rows(QuestionField):
    """A fact with several rows. Empty rows are dropped."""

    name: ClassVar[str]
    """The name of the fact."""
    row_label: ClassVar[str]
    columns: ClassVar[Columns]
    """The fields by column."""
    required_columns: ClassVar[Mapping[str, str]]
    """The messages for a column that is empty although its row is not."""
    row_errors: ClassVar[Sequence[str]] = ()
    """Other messages about a row as a whole."""
    column_choices: ClassVar[Mapping[str, Callable[[Case], list[tuple[str, str]]]]] = {}

    def fields(self, question: Question, case: Case, submitted: Submitted) -> Fields:
        count = (
            min(_submitted_row_count(submitted.suffixes), _MAX_SHOWN)
            if submitted.suffixes
            else len(self.saved_rows(case)) + SPARE_ROWS
        )
        choices = {name: of(case) for name, of in self.column_choices.items()}
        fields: Fields = {}
        columns = self.columns_of(case)
        row_errors = {_TOO_MANY, *self.row_errors, *self.required_columns.values()}
        for number in range(1, max(count, min(submitted.rows, MAX_ROWS)) + 1):
            for column, create_field in columns.items():
                field = create_field()
                field.required = False
                forms.label_with_row(
                    field, f"{self.row_label} {number}", row_errors=row_errors
                )
                forms.hide_optional_marker(field)
                if column in choices:
                    forms.set_choices(field, choices[column])
                fields[f"{column}_{number}"] = field
        return fields

    def columns_of(self, case: Case) -> Columns:
        return self.columns

    def saved_rows(self, case: Case) -> list[object]:
        """The saved rows. They are prefetched, so that only one query reads them."""
        if not case.pk:
            return []
        prefetch_related_objects([case], self.name)
        return list(getattr(case, self.name).all())

    def initial(self, question: Question, case: Case) -> dict[str, object]:
        return {
            f"{column}_{number}": self.column_value(row, column)
            for number, row in enumerate(self.saved_rows(case), start=1)
            for column in self.columns_of(case)
        }

    def column_value(self, row: object, column: str) -> object:
        return getattr(row, column)

    def problems(self, values: FieldValues) -> dict[str, str]:
        rows = self.numbered_rows(values)
        too_many = {
            f"{next(iter(self.columns))}_{number}": _TOO_MANY
            for number, _ in rows[MAX_ROWS:]
        }
        return too_many | {
            f"{column}_{number}": sentence
            for number, row in rows
            for column, sentence in self.required_columns.items()
            if row.get(column) in (None, "")
        }

    def value(self, values: FieldValues) -> list[Row]:
        return [self.clean_row(row) for _, row in self.numbered_rows(values)]

    def clean_row(self, row: Row) -> Row:
        """The row as `applications` takes it."""
        return row

    def numbered_rows(self, values: FieldValues) -> list[tuple[int, Row]]:
        """The rows in which something was entered, by their number."""
        rows: dict[int, Row] = {}
        for suffix, value in values.items():
            column, _, number = suffix.rpartition("_")
            rows.setdefault(int(number), {})[column] = value
        return [
            (number, row) for number, row in sorted(rows.items()) if _is_started(row)
        ]


@dataclass(frozen=True, slots=True)
class PastedRows:
    rows: Sequence[Mapping[str, str]]
    """The texts by column."""
    left_out: int
    """How many others are no rows of this kind, such as headings and totals."""


class GridRows(Rows, ABC):
    """Rows that are drawn as a table, into which a spreadsheet can be pasted."""

    @abstractmethod
    def read_pasted(self, text: str, case: Case) -> PastedRows:
        """Raise `ValidationError` if it is not clear which columns are which."""


def _is_started(row: Mapping[str, object]) -> bool:
    return any(value not in (None, "", False) for value in row.values())


def _submitted_row_count(suffixes: Sequence[str]) -> int:
    matches = [_ROW_NUMBER.search(suffix) for suffix in suffixes]
    return max((int(match[1]) for match in matches if match), default=SPARE_ROWS)
