"""Money is whole pence in the database and `Money` in Python."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models

from innovation.core import limits

_MULTIPLES = {"": 1, "k": 1_000, "m": 1_000_000, "bn": 1_000_000_000}
_AMOUNT = re.compile(
    r"(?:£|gbp)?\s*(?P<number>-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*"
    r"(?P<multiple>k|m|bn|million|billion|thousand)?",
    re.IGNORECASE,
)
_WORDS = {"thousand": "k", "million": "m", "billion": "bn"}
MAX_PENCE = 10**15
"""Less than a bigint holds, so that sums of many rows stay in range."""


class NotMoney(ValueError):
    """The message says what is wrong and what to enter instead."""


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in pence. Adds, subtracts and compares only with its own kind."""

    pence: int

    @classmethod
    def pounds(cls, amount: int | Decimal) -> "Money":
        return cls(int(Decimal(amount) * 100))

    @classmethod
    def parse(cls, text: str) -> "Money":
        """Read what people write: `£1,234.50`, `1234`, `4.8m`, `£3 million`.

        Raises `NotMoney` for anything else, for fractions of a penny and for sums
        beyond ten trillion pounds.
        """
        plain = text.strip().replace("\u00a0", " ")
        match = _AMOUNT.fullmatch(plain) if len(plain) <= limits.NUMBER else None
        if match is None:
            raise NotMoney("Enter an amount in pounds, like 12,500")
        word = (match["multiple"] or "").lower()
        amount = Decimal(match["number"].replace(",", ""))
        pence = amount * _MULTIPLES[_WORDS.get(word, word)] * 100
        if pence != pence.to_integral_value():
            raise NotMoney("Enter an amount with at most two digits of pence")
        if abs(pence) >= MAX_PENCE:
            raise NotMoney("Enter an amount below £10,000,000,000,000")
        return cls(int(pence))

    def __add__(self, other: "Money") -> "Money":
        return Money(self.pence + other.pence)

    def __radd__(self, other: int) -> "Money":
        """Let `sum()` start from 0."""
        if other != 0:
            return NotImplemented
        return self

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.pence - other.pence)

    def __neg__(self) -> "Money":
        return Money(-self.pence)

    def __bool__(self) -> bool:
        return self.pence != 0

    def __str__(self) -> str:
        pounds, pence = divmod(abs(self.pence), 100)
        sign = "-" if self.pence < 0 else ""
        return f"{sign}£{pounds:,}" + (f".{pence:02d}" if pence else "")

    @property
    def decimal(self) -> str:
        """Pounds as text with two places, as the API and the reports write it."""
        sign = "-" if self.pence < 0 else ""
        pounds, pence = divmod(abs(self.pence), 100)
        return f"{sign}{pounds}.{pence:02d}"


class MoneyField(models.BigIntegerField[Any, Any]):
    """A column of whole pence that reads and writes `Money`."""

    description = "An amount of money in pence"
    # For the type checker: otherwise it takes the parent's `int`.
    _pyi_private_set_type: Money  # type: ignore[assignment] # not an integer
    _pyi_private_get_type: Money  # type: ignore[assignment] # not an integer

    def from_db_value(self, value: int | None, *_: object) -> Money | None:
        return None if value is None else Money(int(value))

    def to_python(self, value: Any) -> Money | None:
        if value is None or isinstance(value, Money):
            return value
        return Money(int(value))

    def get_prep_value(self, value: Any) -> int | None:
        if isinstance(value, Money):
            return value.pence
        return None if value is None else int(value)

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return "" if value is None else str(value.pence)
