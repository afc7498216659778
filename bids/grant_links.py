"""Where people read about the grant of an approved bid. Only the app `funding` knows,
which registers a rule.
"""

from collections.abc import Callable, Mapping, Sequence

from bids.models import Bid
from bids.states import BidState
from innovation.accounts.models import User
from innovation.core.registry import Registry
from innovation.web.cards import Task

GrantRule = Callable[[User, Sequence[int]], Mapping[int, Task]]
"""What to do about the grant of each of these bids, by the bid’s id, and where; only
the grants that the user may read.
"""

rules: Registry[GrantRule] = Registry()
"""The rules that apps register."""


def grant_links(user: User, bids: Sequence[int]) -> dict[int, Task]:
    """Makes no query where no bid is given."""
    links: dict[int, Task] = {}
    for rule in rules if bids else ():
        links.update(rule(user, bids))
    return links


def grant_of(bid: Bid, user: User) -> Task | None:
    """The link from this bid. Makes no query for a bid that was not approved."""
    if bid.state != BidState.APPROVED:
        return None
    return grant_links(user, [bid.pk]).get(bid.pk)
