"""The people of a case whom only another app knows, such as the Board’s members.

The app registers a rule.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bids.models import Bid
from innovation.accounts.models import User
from innovation.core.registry import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePerson:
    """A person or an organisation by its key, and their part in the case."""

    key: str
    name: str
    part: str
    href: str = ""
    action: str = ""


PeopleRule = Callable[[User, Bid], Iterable[CasePerson]]
"""The people of the bid’s case whom the user may know of."""

rules: Registry[PeopleRule] = Registry()
"""The rules that apps register."""


def people_elsewhere(user: User, bid: Bid | None) -> list[CasePerson]:
    if bid is None:
        return []
    return [person for rule in rules for person in rule(user, bid)]
