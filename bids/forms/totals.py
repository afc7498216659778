"""The total of the amounts of a question in a form.

`static/js/totals.js` shows the same text while somebody types.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.forms import BoundField

from innovation.core.money import Money, NotMoney


@dataclass(frozen=True, slots=True)
class Total:
    name_prefix: str
    """The prefix of the names of the amounts."""
    sum: Money
    has_unreadable: bool
    """Whether a field has no valid amount, and is left out."""
    expected: Money | None = None
    """The total that is required, if there is one."""
    expected_in: str = ""
    """The field on the same page that has it."""

    @property
    def sentence(self) -> str:
        left_out = ", without amounts that are not valid" if self.has_unreadable else ""
        return f"Total: {self.sum}{left_out}.{self._comparison()}"

    def _comparison(self) -> str:
        if self.expected is None:
            return ""
        difference = self.sum - self.expected
        if not difference:
            return f" That is the {self.expected} you need."
        is_over = difference.pence > 0
        amount = difference if is_over else -difference
        fault = "too much" if is_over else "missing"
        return f" It must equal the {self.expected} you need: {amount} is {fault}."


def total_of(
    name_prefix: str,
    fields: Iterable[BoundField],
    expected: Money | None = None,
    expected_field: BoundField | None = None,
) -> Total:
    """The total of bound fields. The value of `expected_field` overrides `expected`."""
    amounts = [parse_amount(field.value()) for field in fields]
    if expected_field is not None:
        expected, _ = parse_amount(expected_field.value())
    return Total(
        name_prefix=name_prefix,
        sum=sum((money for money, _ in amounts if money), Money(0)),
        has_unreadable=any(is_invalid for _, is_invalid in amounts),
        expected=expected,
        expected_in=expected_field.html_name if expected_field is not None else "",
    )


def parse_amount(value: object) -> tuple[Money | None, bool]:
    """The amount in a field, and whether it is invalid."""
    if value is None or isinstance(value, Money):
        return value, False
    if not str(value).strip():
        return None, False
    try:
        amount = Money.parse(str(value))
    except NotMoney:
        return None, True
    return (amount, False) if amount.pence >= 0 else (None, True)
