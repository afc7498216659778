"""What a value must be, said once for forms, the API, imports and domain calls."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from bids.models.question import Question, QuestionKind
from innovation.core.money import Money, NotMoney

FIRST_YEAR, LAST_YEAR = 2010, 2100
LONGEST = 20_000
"""Characters in any one answer: far above every word limit, far below harm."""


class Unreadable(ValueError):
    """Its text says what to enter instead."""


def words(text: str) -> int:
    return len(text.split())


def financial_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Unreadable(f"Enter a financial year from {FIRST_YEAR} to {LAST_YEAR}")


def answer(question: Question, raw: Any) -> Any:
    """`raw` as the JSON it is kept as; None where nothing was said.

    Money is kept in pence, dates as ISO text, numbers as decimal text. Raises
    `Unreadable`. A word limit does not stop saving: it is looked at on submission,
    so that nobody loses what they typed.
    """
    if raw is None or raw == [] or (isinstance(raw, str) and not raw.strip()):
        return None
    return _READERS[QuestionKind(question.kind)](question, raw)


def problem(question: Question, value: Any) -> str | None:
    """What stops a kept answer from being sent, or None."""
    if value is None:
        return f"Answer “{question.wording}”" if question.required else None
    limit = question.word_limit
    if limit and isinstance(value, str) and words(value) > limit:
        return (
            f"Your answer to “{question.wording}” has {words(value)} words: "
            f"shorten it to {limit}"
        )
    return None


def shown(question: Question, answers: Mapping[str, Any]) -> bool:
    """Whether earlier answers call for the question. `answers` is by code."""
    rule = question.shown_only_if
    if not rule:
        return True
    given = answers.get(rule["code"])
    wanted = rule["answer"]
    return wanted in given if isinstance(given, list) else bool(given == wanted)


def _text(question: Question, raw: Any) -> str:
    text = str(raw).strip()
    if len(text) > LONGEST:
        raise Unreadable(f"Enter at most {LONGEST:,} characters")
    if "\x00" in text:
        raise Unreadable("Remove the characters that cannot be read")
    return text


def _number(question: Question, raw: Any) -> str:
    try:
        number = Decimal(str(raw).replace(",", "").strip())
    except InvalidOperation:
        raise Unreadable("Enter a number, like 12 or 12.5") from None
    if not number.is_finite():
        raise Unreadable("Enter a number, like 12 or 12.5")
    return str(number)


def _money(question: Question, raw: Any) -> int:
    try:
        return raw.pence if isinstance(raw, Money) else Money.parse(str(raw)).pence
    except NotMoney as problem:
        raise Unreadable(str(problem)) from None


def _date(question: Question, raw: Any) -> str:
    try:
        return (raw if isinstance(raw, date) else date.fromisoformat(raw)).isoformat()
    except (TypeError, ValueError):
        raise Unreadable("Enter a real date") from None


def _one(question: Question, raw: Any) -> str:
    if raw not in question.choices:
        raise Unreadable("Choose one of the answers listed")
    return str(raw)


def _many(question: Question, raw: Any) -> list[str]:
    if not isinstance(raw, list | tuple) or not set(raw) <= set(question.choices):
        raise Unreadable("Choose from the answers listed")
    return [choice for choice in question.choices if choice in raw]


_READERS: dict[QuestionKind, Callable[[Question, Any], Any]] = {
    QuestionKind.SHORT_TEXT: _text,
    QuestionKind.LONG_TEXT: _text,
    QuestionKind.NUMBER: _number,
    QuestionKind.MONEY: _money,
    QuestionKind.DATE: _date,
    QuestionKind.ONE_CHOICE: _one,
    QuestionKind.MANY_CHOICES: _many,
}
