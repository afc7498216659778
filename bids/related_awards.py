"""The awards of the lead or the councils of a case. Only the app `funding` knows them,
which registers a rule.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from bids.models import Expression
from innovation.accounts.models import User
from innovation.core.registry import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedAward:
    """An award that the reader may know. `reasons` say what it has in common with the
    case, and `about` who leads it, how much it is and when it was made.
    """

    title: str
    href: str
    about: str
    reasons: str
    demonstration: bool


AwardRule = Callable[[User, Expression, date], Iterable[RelatedAward]]
"""The awards that the user may know on this day, the newest first."""

rules: Registry[AwardRule] = Registry()
"""The rules that apps register."""


def related_awards(user: User, case: Expression, day: date) -> list[RelatedAward]:
    return [award for rule in rules for award in rule(user, case, day)]
