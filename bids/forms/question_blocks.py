"""A question as it is shown on its page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.forms import BoundField
from django.utils.safestring import SafeString

from bids.domain.queries.case_documents import File
from bids.forms.question_types.rows import MAX_ROWS
from bids.forms.totals import Total
from bids.models import Question
from bids.models.question_type import QuestionType

_NAMING_COUNCILS = (
    QuestionType.PARTNERS,
    QuestionType.AREAS,
    QuestionType.ORGANISATIONS,
    QuestionType.COUNCILS,
)
_ROW_NUMBER = re.compile(r"__\w+_(\d+)$")


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
    def add_row_value(self) -> str:
        """The value of the button that adds a row: the code and the number of rows."""
        count = int(row_number(self.fields[-1].html_name) or 0)
        can_add = self.row_noun and count < MAX_ROWS
        return f"{self.question.code}:{count + 1}" if can_add else ""


def row_number(name: str) -> str:
    """The number of the row that a field belongs to; empty if it is in none."""
    match = _ROW_NUMBER.search(name)
    return match[1] if match else ""
