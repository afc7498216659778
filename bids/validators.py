"""Validators that forms, the API, imports and domain calls share."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from bids.models.question import Question
from bids.models.question_type import QuestionType
from innovation.core import limits
from innovation.core.lines import (
    plain_lines,
    single_line,
    unprintable_problem,
    word_count,
)
from innovation.core.money import Money, NotMoney

FIRST_YEAR, LAST_YEAR = 2010, 2100


class InvalidValue(ValueError):
    """The message says what to enter instead."""


def check_financial_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InvalidValue(f"Enter a financial year from {FIRST_YEAR} to {LAST_YEAR}")


def clean_answer(question: Question, raw: object) -> object:
    """`raw` as JSON to be stored; `None` if it is empty.

    Money is in pence, dates are ISO text, numbers are decimal text. Raise
    `InvalidValue`. The word limit is checked at submission, not here, so that nobody
    loses what they typed.
    """
    if raw in (None, [], {}) or (isinstance(raw, str) and not raw.strip()):
        return None
    clean = _CLEANERS.get(QuestionType(question.kind))
    if clean is None:
        raise InvalidValue("This is a fact of the case, not an answer")
    cleaned = clean(question, raw)
    return None if cleaned == "" else cleaned


def length_problem(question: Question, text: str) -> str | None:
    """The message for a text that is too long to be sent."""
    limit = question.word_limit
    answer = f"Your answer to “{question.wording}”"
    if limit and word_count(text) > limit:
        return f"{answer} has {word_count(text)} words: shorten it to {limit}"
    max_characters = limits.characters(limit)
    if len(text) > max_characters:
        return (
            f"{answer} has {len(text):,} characters: shorten it to {max_characters:,}"
        )
    return None


def is_applicable(question: Question, answers: Mapping[str, object]) -> bool:
    """Whether the question is applicable. `answers` is by code."""
    rule = question.shown_only_if
    if not rule:
        return True
    answer = answers.get(rule["code"])
    required = rule["answer"]
    return required in answer if isinstance(answer, list) else bool(answer == required)


def _text(question: Question, raw: object) -> str:
    text = plain_lines(str(raw))
    if len(text) > limits.TEXT_CEILING:
        raise InvalidValue(f"Enter at most {limits.TEXT_CEILING:,} characters")
    problem = unprintable_problem(str(raw))
    if problem:
        raise InvalidValue(problem)
    return text


def _line(question: Question, raw: object) -> str:
    return single_line(_text(question, raw))


def _number(question: Question, raw: object) -> str:
    text = str(raw).replace(",", "").strip()
    if len(text) > limits.NUMBER:
        raise InvalidValue("Enter a number, like 12 or 12.5")
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise InvalidValue("Enter a number, like 12 or 12.5") from None
    if not number.is_finite():
        raise InvalidValue("Enter a number, like 12 or 12.5")
    return str(number)


def _money(question: Question, raw: object) -> int:
    try:
        return raw.pence if isinstance(raw, Money) else Money.parse(str(raw)).pence
    except NotMoney as problem:
        raise InvalidValue(str(problem)) from None


def _date(question: Question, raw: object) -> str:
    if isinstance(raw, date):
        return raw.isoformat()
    try:
        return date.fromisoformat(raw if isinstance(raw, str) else "").isoformat()
    except ValueError:
        raise InvalidValue("Enter a real date") from None


def _money_by_year(question: Question, raw: object) -> dict[str, int]:
    """Pence by the year in which each financial year starts."""
    if not isinstance(raw, Mapping):
        raise InvalidValue("Enter an amount for each year, by year")
    pence: dict[str, int] = {}
    for year, amount in raw.items():
        if not str(year).isdecimal() or len(str(year)) > 4:
            raise InvalidValue("Enter a financial year, like 2015")
        check_financial_year(int(year))
        pence[str(int(year))] = _money(question, amount)
    return pence


def _named_rows(question: Question, raw: object) -> list[dict[str, str]]:
    """Registered objects by key, with their current names."""
    if not isinstance(raw, list | tuple) or not all(
        isinstance(row, Mapping) and set(row) == {"key", "name"} for row in raw
    ):
        raise InvalidValue("Choose from those listed")
    return [
        {name: _line(question, row[name]) for name in ("key", "name")} for row in raw
    ]


def _upload(question: Question, raw: object) -> None:
    raise InvalidValue("Add files on the page of this question")


def _declaration(question: Question, raw: object) -> bool | None:
    return True if raw is True else None


def _one_choice(question: Question, raw: object) -> str:
    if raw not in question.choices:
        raise InvalidValue("Choose one of the answers listed")
    return str(raw)


def _many_choices(question: Question, raw: object) -> list[str]:
    if not isinstance(raw, list | tuple) or not set(raw) <= set(question.choices):
        raise InvalidValue("Choose from the answers listed")
    return [choice for choice in question.choices if choice in raw]


_CLEANERS: dict[QuestionType, Callable[[Question, object], object]] = {
    QuestionType.SHORT_TEXT: _line,
    QuestionType.LONG_TEXT: _text,
    QuestionType.NUMBER: _number,
    QuestionType.MONEY: _money,
    QuestionType.MONEY_BY_YEAR: _money_by_year,
    QuestionType.DATE: _date,
    QuestionType.ONE_CHOICE: _one_choice,
    QuestionType.MANY_CHOICES: _many_choices,
    QuestionType.ORGANISATIONS: _named_rows,
    QuestionType.COUNCILS: _named_rows,
    QuestionType.UPLOAD: _upload,
    QuestionType.DECLARATION: _declaration,
}
