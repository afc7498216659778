"""Types whose answers are stored as JSON, by question and version."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from bids.domain.applications import Case
from bids.domain.queries import case_documents
from bids.domain.question_types.definition import QuestionTypeDefinition
from bids.models import Question
from bids.models.question_type import QuestionType as K
from innovation.core import clock
from innovation.core.formatting import format_date
from innovation.core.money import Money


def answers_by_code(case: Case) -> dict[str, object]:
    """All answers of the case, by code."""
    return {row["code"]: row["value"] for row in case.snapshot_answers}


def _answer_type(
    write: Callable[[Any], str] = str,
    to_json: Callable[[Any], Any] = lambda value: value,
    **more: Any,
) -> QuestionTypeDefinition:
    """A type whose answers `write` turns into text, and `to_json` into JSON."""

    def text(question: Question, case: Case) -> str:
        value = _answer_value(question, case)
        return "" if value is None else write(value)

    def json_value(question: Question, case: Case) -> object:
        value = _answer_value(question, case)
        return None if value is None else to_json(value)

    return QuestionTypeDefinition(text=text, json_value=json_value, **more)


def _answer_value(question: Question, case: Case) -> object:
    rows = case.snapshot_answers
    return next((row["value"] for row in rows if row["code"] == question.code), None)


def _pounds(pence: int) -> str:
    return Money(pence).decimal


def _years_as_json(value: Mapping[str, int]) -> list[dict[str, object]]:
    return [
        {"financial_year": int(year), "amount": _pounds(pence)}
        for year, pence in sorted(value.items())
    ]


def _years_text(value: Mapping[str, int]) -> str:
    lines = [
        f"{clock.financial_year_name(int(year))}: {Money(pence)}"
        for year, pence in sorted(value.items())
    ]
    return "\n".join([*lines, f"Total: {Money(sum(value.values()))}"])


def _date_text(value: str) -> str:
    return format_date(date.fromisoformat(value))


def _names_text(value: list[Mapping[str, str]]) -> str:
    return "\n".join(item["name"] for item in value)


def _files_text(question: Question, case: Case) -> str:
    return "\n".join(case_documents.file_names(case, question.code))


def _add_file_message(question: Question) -> str:
    return f"Add a file to “{question.wording}”"


def _rejected_file_problem(question: Question, case: Case) -> str | None:
    """What a scanner threw away was meant to be read: its sender should know."""
    found = case_documents.rejected_file_names(case, question.code)
    return f"Remove “{found[0]}”, which we had to delete" if found else None


def _confirm_message(question: Question) -> str:
    return f"Confirm: {question.wording}"


def _file_names(question: Question, case: Case) -> list[str] | None:
    return case_documents.file_names(case, question.code) or None


DEFINITIONS: Mapping[str, QuestionTypeDefinition] = {
    K.SHORT_TEXT: _answer_type(counts_words=True),
    K.LONG_TEXT: _answer_type(counts_words=True),
    K.NUMBER: _answer_type(),
    K.MONEY: _answer_type(lambda pence: str(Money(pence)), _pounds),
    K.MONEY_BY_YEAR: _answer_type(_years_text, _years_as_json),
    K.DATE: _answer_type(_date_text),
    K.ONE_CHOICE: _answer_type(offers_choices=True),
    K.MANY_CHOICES: _answer_type("\n".join, offers_choices=True),
    K.ORGANISATIONS: _answer_type(_names_text),
    K.COUNCILS: _answer_type(_names_text),
    K.UPLOAD: QuestionTypeDefinition(
        text=_files_text,
        json_value=_file_names,
        missing_message=_add_file_message,
        extra_problem=_rejected_file_problem,
    ),
    K.DECLARATION: _answer_type(
        lambda agreed: "Agreed", missing_message=_confirm_message, carries_over=False
    ),
}
