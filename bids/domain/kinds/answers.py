"""Answers: kept as JSON by question and version."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from bids.domain.kinds.kind import Kind
from bids.domain.queries import files
from bids.models import Question
from bids.models.question import QuestionKind as K
from innovation.core import clock
from innovation.core.money import Money
from innovation.web.words import written_date


def said(case: Any) -> dict[str, Any]:
    """Every answer of the case, by code."""
    return {row["code"]: row["value"] for row in case.sheet_answers}


def _reads(write: Callable[[Any], str] = str) -> Callable[[Question, Any], str]:
    def text(question: Question, case: Any) -> str:
        for row in case.sheet_answers:
            if row["code"] == question.code:
                return write(row["value"])
        return ""

    return text


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
    return "\n".join(files.names(case, question.code))


def _add_file(question: Question) -> str:
    return f"Add a file to “{question.wording}”"


def _without_bad_files(question: Question, case: Any) -> str | None:
    """What a scanner threw away was meant to be read: its sender should know."""
    found = files.bad(case, question.code)
    return f"Remove “{found[0]}”, which we had to throw away" if found else None


def _confirm(question: Question) -> str:
    return f"Confirm: {question.wording}"


KINDS: Mapping[str, Kind] = {
    K.SHORT_TEXT: Kind(text=_reads(), counts_words=True),
    K.LONG_TEXT: Kind(text=_reads(), counts_words=True),
    K.NUMBER: Kind(text=_reads()),
    K.MONEY: Kind(text=_reads(lambda pence: str(Money(pence)))),
    K.MONEY_BY_YEAR: Kind(text=_reads(_by_year)),
    K.DATE: Kind(text=_reads(_day)),
    K.ONE_CHOICE: Kind(text=_reads(), offers_choices=True),
    K.MANY_CHOICES: Kind(text=_reads("\n".join), offers_choices=True),
    K.ORGANISATIONS: Kind(text=_reads(_names)),
    K.COUNCILS: Kind(text=_reads(_names)),
    K.UPLOAD: Kind(text=_files, missing=_add_file, also=_without_bad_files),
    K.DECLARATION: Kind(
        text=_reads(lambda agreed: "Agreed"), missing=_confirm, carried=False
    ),
}
