"""A question as it stands on its page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.safestring import SafeString

from bids.domain.queries.case_documents import File
from bids.forms.question_types.rows import MAX_ROWS
from bids.forms.totals import Total
from bids.models import Question

_ROW_NUMBER = re.compile(r"__\w+_(\d+)$")


@dataclass(frozen=True, slots=True)
class QuestionBlock:
    """One question as it stands on the page, with those its answers reveal."""

    question: Question
    fields: Sequence[Any]
    """Bound fields to draw in order: one that asks the question, or several parts."""
    is_single_field: bool
    """The one field has the question for its label."""
    files: Sequence[File] = ()
    """Of a question that is asked on a page of its own, and has no field here."""
    row_noun: str = ""
    """What a row is, where more of them can be added."""
    total: Total | None = None

    @property
    def rows(self) -> list[tuple[str, SafeString]]:
        """The fields, those of one row together under its number; none for the rest."""
        return [
            (number, SafeString("\n".join(field.as_field_group() for field in fields)))
            for number, fields in groupby(
                self.fields, lambda f: row_number(f.html_name)
            )
        ]

    @property
    def add_row_value(self) -> str:
        """What the button says that adds a row: whose, and how many are then drawn."""
        there = int(row_number(self.fields[-1].html_name) or 0)
        more = self.row_noun and there < MAX_ROWS
        return f"{self.question.code}:{there + 1}" if more else ""


def row_number(name: str) -> str:
    """Of the row a field belongs to; empty where it belongs to none."""
    found = _ROW_NUMBER.search(name)
    return found[1] if found else ""
