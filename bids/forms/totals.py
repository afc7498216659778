"""What the amounts of a question come to, as they stand in the form.

`static/js/totals.js` says the same, in the same words, while they are typed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from innovation.core.money import Money, NotMoney


@dataclass(frozen=True, slots=True)
class Total:
    names: str
    """How the names of its amounts begin."""
    sum: Money
    unread: bool
    """Something there is no amount, and left out."""
    asked: Money | None = None
    """What it must come to, where somebody said it."""
    asked_in: str = ""
    """The field of the same page in which that is said."""

    @property
    def words(self) -> str:
        left_out = ", without what cannot be read as an amount" if self.unread else ""
        return f"Total: {self.sum}{left_out}.{self._compared()}"

    def _compared(self) -> str:
        if self.asked is None:
            return ""
        apart = self.sum - self.asked
        if not apart:
            return f" That is the {self.asked} asked for."
        over = "too much" if apart.pence > 0 else "missing"
        much = apart if apart.pence > 0 else -apart
        return f" It must equal the {self.asked} asked for: {much} is {over}."


def of(
    names: str,
    fields: Iterable[Any],
    asked: Money | None = None,
    asked_field: Any = None,
) -> Total:
    """Of bound fields. What stands in `asked_field` goes before `asked`."""
    read = [amount(field.value()) for field in fields]
    if asked_field is not None:
        asked, _ = amount(asked_field.value())
    return Total(
        names=names,
        sum=sum((money for money, _ in read if money), Money(0)),
        unread=any(wrong for _, wrong in read),
        asked=asked,
        asked_in=asked_field.html_name if asked_field is not None else "",
    )


def amount(value: Any) -> tuple[Money | None, bool]:
    """What stands in a field, and whether that is no amount at all."""
    if value is None or isinstance(value, Money):
        return value, False
    if not str(value).strip():
        return None, False
    try:
        found = Money.parse(str(value))
    except NotMoney:
        return None, True
    return (found, False) if found.pence >= 0 else (None, True)
