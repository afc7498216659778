"""A question as it is shown on its page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.forms import BoundField
from django.utils.safestring import SafeString

from bids.domain.queries.case_documents import File
from bids.forms.question_types.rows import MAX_ROWS
from bids.forms.totals import Total, total_of
from bids.models import Question
from bids.models.question_type import QuestionType
from innovation.web.forms import MoneyField
from innovation.web.forms.component_parameters import error_text

_NAMING_COUNCILS = (
    QuestionType.PARTNERS,
    QuestionType.AREAS,
    QuestionType.ORGANISATIONS,
    QuestionType.COUNCILS,
)
_ROW_NUMBER = re.compile(r"__\w+_(\d+)$")
_ROW_NUMBER_END = re.compile(r"\d+$")


@dataclass(frozen=True, slots=True)
class GridColumn:
    heading: str
    total: Total | None
    """The total, if the column has amounts."""


@dataclass(frozen=True, slots=True)
class GridRow:
    number: str
    cells: Sequence[tuple[str, SafeString]]
    """The heading of the column, and the field."""
    errors: Sequence[str]
    total: Total


@dataclass(frozen=True, slots=True)
class Grid:
    columns: Sequence[GridColumn]
    rows: Sequence[GridRow]
    total: Total

    @property
    def width(self) -> int:
        """The columns, with those of the total and of the button."""
        return len(self.columns) + 2


@dataclass(frozen=True, slots=True)
class QuestionBlock:
    """A question on the page, with the questions that its answers reveal."""

    question: Question
    fields: Sequence[BoundField]
    """The fields to draw, in order."""
    is_single_field: bool
    """Whether there is one field, with the question as its label."""
    files: Sequence[File] = ()
    """The files, if the question is answered on a page of its own."""
    row_noun: str = ""
    """The name of a row, if rows can be added."""
    total: Total | None = None
    pasted: BoundField | None = None
    """The field for rows of a spreadsheet, if the rows are drawn as a grid."""

    @property
    def asks_for_partners(self) -> bool:
        return self.question.kind == QuestionType.PARTNERS

    @property
    def names_councils(self) -> bool:
        """Whether councils can be named here."""
        return self.question.kind in _NAMING_COUNCILS

    @property
    def rows(self) -> list[tuple[str, SafeString]]:
        """The fields by row: the row's number, or an empty text, and its fields."""
        return [
            (number, SafeString("\n".join(field.as_field_group() for field in fields)))
            for number, fields in groupby(
                self.fields, lambda field: row_number(field.html_name)
            )
        ]

    @property
    def grid(self) -> Grid | None:
        return None if self.pasted is None else grid_of(self.fields)

    @property
    def add_row_value(self) -> str:
        """The value of the button that adds a row: the code and the number of rows."""
        count = int(row_number(self.fields[-1].html_name) or 0)
        can_add = self.row_noun and count < MAX_ROWS
        return f"{self.question.code}:{count + 1}" if can_add else ""


def row_number(name: str) -> str:
    """The number of the row that a field belongs to; empty if it is in none."""
    match = _ROW_NUMBER.search(name)
    return match[1] if match else ""


def grid_of(fields: Sequence[BoundField]) -> Grid:
    """The fields of rows as a table with totals."""
    rows = [
        (number, list(cells))
        for number, cells in groupby(fields, lambda field: row_number(field.html_name))
    ]
    columns = [
        _grid_column(list(column))
        for column in zip(*(cells for _, cells in rows), strict=True)
    ]
    return Grid(
        columns,
        [_grid_row(number, cells, columns) for number, cells in rows],
        total_of("", _amounts(fields)),
    )


def _grid_column(fields: Sequence[BoundField]) -> GridColumn:
    heading = str(fields[0].label).partition(": ")[2]
    prefix = _ROW_NUMBER_END.sub("", fields[0].html_name)
    amounts = _amounts(fields)
    return GridColumn(
        heading[:1].upper() + heading[1:],
        total_of(prefix, amounts) if amounts else None,
    )


def _grid_row(
    number: str, fields: Sequence[BoundField], columns: Sequence[GridColumn]
) -> GridRow:
    cells = [
        (column.heading, field.as_field_group())
        for column, field in zip(columns, fields, strict=True)
    ]
    errors = [error_text(field, str(e)) for field in fields for e in field.errors]
    return GridRow(number, cells, errors, total_of("", _amounts(fields)))


def _amounts(fields: Sequence[BoundField]) -> list[BoundField]:
    return [field for field in fields if isinstance(field.field, MoneyField)]
