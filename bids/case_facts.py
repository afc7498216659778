"""What the later rooms know of a case: the Board, the minister and the grant.

Only the app `funding` knows, which registers a rule.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from bids.models import Bid, Expression
from innovation.accounts.models import User
from innovation.core.registry import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFact:
    """A row of the summary of a case. With `due_at` it is something that has to be done
    by then: the end of a day, or a moment.
    """

    label: str
    value: str
    href: str = ""
    action: str = ""
    due_at: date | datetime | None = None


FactRule = Callable[[User, Expression, Bid | None], Iterable[CaseFact]]
"""What the user may know of this case."""

rules: Registry[FactRule] = Registry()
"""The rules that apps register."""


def facts(user: User, expression: Expression, bid: Bid | None) -> list[CaseFact]:
    return [fact for rule in rules for fact in rule(user, expression, bid)]
