"""Answers: kept as JSON by question and version."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from bids.domain.queries import case_files
from bids.domain.question_types.question_type import Kind
from bids.models import Question
from bids.models.question import QuestionKind as K
from innovation.core import clock
from innovation.core.formatting import written_date
from innovation.core.money import Money


def said(case: Any) -> dict[str, Any]:
    """Every answer of the case, by code."""
    return {row["code"]: row["value"] for row in case.sheet_answers}


def _answer(
    write: Callable[[Any], str] = str,
    told: Callable[[Any], Any] = lambda value: value,
    **more: Any,
) -> Kind:
    """A kind whose answers people read as `write` puts them, and programs as `told`."""

    def text(question: Question, case: Any) -> str:
        value = _value(question, case)
        return "" if value is None else write(value)

    def plain(question: Question, case: Any) -> Any:
        value = _value(question, case)
        return None if value is None else told(value)

    return Kind(text=text, plain=plain, **more)


def _value(question: Question, case: Any) -> Any:
    rows = case.sheet_answers
    return next((row["value"] for row in rows if row["code"] == question.code), None)


def _pounds(pence: int) -> str:
    return Money(pence).decimal


def _years(value: Mapping[str, int]) -> list[dict[str, Any]]:
    return [
        {"financial_year": int(year), "amount": _pounds(pence)}
        for year, pence in sorted(value.items())
    ]


def _by_year(value: Mapping[str, int]) -> str:
    lines = [
        f"{clock.financial_year_name(int(year))}: {Money(pence)}"
        for year, pence in sorted(value.items())
    ]
    return "\n".join([*lines, f"Total: {Money(sum(value.values()))}"])


def _day(value: str) -> str:
    return written_date(date.fromisoformat(value))


def _names(value: list[Mapping[str, str]]) -> str:
    return "\n".join(one["name"] for one in value)


def _files(question: Question, case: Any) -> str:
    return "\n".join(case_files.names(case, question.code))


def _add_file(question: Question) -> str:
    return f"Add a file to “{question.wording}”"


def _without_bad_files(question: Question, case: Any) -> str | None:
    """What a scanner threw away was meant to be read: its sender should know."""
    found = case_files.bad(case, question.code)
    return f"Remove “{found[0]}”, which we had to throw away" if found else None


def _confirm(question: Question) -> str:
    return f"Confirm: {question.wording}"


def _file_names(question: Question, case: Any) -> list[str] | None:
    return case_files.names(case, question.code) or None


KINDS: Mapping[str, Kind] = {
    K.SHORT_TEXT: _answer(counts_words=True),
    K.LONG_TEXT: _answer(counts_words=True),
    K.NUMBER: _answer(),
    K.MONEY: _answer(lambda pence: str(Money(pence)), _pounds),
    K.MONEY_BY_YEAR: _answer(_by_year, _years),
    K.DATE: _answer(_day),
    K.ONE_CHOICE: _answer(offers_choices=True),
    K.MANY_CHOICES: _answer("\n".join, offers_choices=True),
    K.ORGANISATIONS: _answer(_names),
    K.COUNCILS: _answer(_names),
    K.UPLOAD: Kind(
        text=_files, plain=_file_names, missing=_add_file, also=_without_bad_files
    ),
    K.DECLARATION: _answer(lambda agreed: "Agreed", missing=_confirm, carried=False),
}
