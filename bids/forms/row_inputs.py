"""What a page with rows sends, with a row removed, or with pasted rows added."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.http import QueryDict

from bids.domain.applications import Case
from bids.forms.question_types import QUESTION_FIELDS
from bids.forms.question_types.rows import MAX_ROWS, GridRows, PastedRows
from bids.models import Question
from innovation.core import limits
from innovation.core.lines import plain_lines

PASTED = "pasted-"
"""The start of the name of a field for rows of a spreadsheet; codes have no hyphen."""
TOO_MANY = (
    "You pasted {pasted} rows with amounts, but there is room for {room}: there can be "
    f"at most {MAX_ROWS} rows"
)

_ROW = r"__(?P<column>\w+?)_(?P<number>[0-9]{1,9})(?P<part>_(?:day|month|year))?"


def _without_row(data: QueryDict, code: str, number: int) -> QueryDict:
    """The input without row `number` of a question. The rows after it move up."""
    changed = QueryDict(mutable=True)
    for name, texts in data.lists():
        match = re.fullmatch(f"{re.escape(code)}{_ROW}", name)
        row = int(match["number"]) if match else 0
        if match is None or row < number:
            changed.setlist(name, texts)
        elif row > number:
            place = f"{code}__{match['column']}_{row - 1}{match['part'] or ''}"
            changed.setlist(place, texts)
    return changed


@dataclass(slots=True)
class RowInput:
    """The input with the pasted rows in their fields, and those rows by the question's
    code. What cannot be read stays where it was pasted, with an error.
    """

    data: QueryDict
    pasted: dict[str, PastedRows] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def read_rows(
    data: QueryDict,
    case: Case,
    questions: Iterable[Question],
    *,
    removed: Mapping[str, int],
) -> RowInput:
    """What was sent, without the row to remove, by the question's code, and with the
    rows that were pasted.
    """
    for code, number in removed.items():
        data = _without_row(data, code, number)
    result = RowInput(data)
    for question in questions:
        _read_pasted(result, case, question)
    return result


def _read_pasted(result: RowInput, case: Case, question: Question) -> None:
    grid, name = QUESTION_FIELDS[question.kind], f"{PASTED}{question.code}"
    text = plain_lines(result.data.get(name, ""))
    if not isinstance(grid, GridRows) or not text or len(text) > limits.TEXT:
        return
    try:
        pasted = grid.read_pasted(text, case)
    except ValidationError as error:
        result.errors[name] = error.messages[0]
        return
    room = max(0, MAX_ROWS - _last_row(result.data, question.code))
    if len(pasted.rows) > room:
        result.errors[name] = TOO_MANY.format(pasted=len(pasted.rows), room=room)
        return
    result.pasted[question.code] = pasted
    result.data = _with_rows(result.data, question.code, pasted.rows)
    result.data[name] = ""


def _with_rows(
    data: QueryDict, code: str, rows: Iterable[Mapping[str, str]]
) -> QueryDict:
    """The input with these rows, by column, after the last one that has any text."""
    changed = data.copy()
    for number, row in enumerate(rows, start=_last_row(data, code) + 1):
        for column, text in row.items():
            changed[f"{code}__{column}_{number}"] = text
    return changed


def _last_row(data: QueryDict, code: str) -> int:
    matches = [
        re.fullmatch(f"{re.escape(code)}{_ROW}", name)
        for name, texts in data.lists()
        if any(map(str.strip, texts))
    ]
    return max((int(match["number"]) for match in matches if match), default=0)
