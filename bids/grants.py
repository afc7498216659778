"""The grant to which an approved bid leads. Only the app `funding` knows of grants; it
registers how a reader finds theirs.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bids.models import Bid
from bids.states import BidState
from innovation.accounts.models import User
from innovation.core.registry import Registry


@dataclass(frozen=True, slots=True)
class GrantLink:
    """`key` is the grant’s reference; `words` say what the reader finds at `href`."""

    key: str
    words: str
    href: str


finders: Registry[Callable[[Bid, User], GrantLink | None]] = Registry()


def grant_of(bid: Bid, reader: User) -> GrantLink | None:
    """`None` if there is no grant, or the reader may not see it. No query is made for a
    bid that was not approved.
    """
    if bid.state != BidState.APPROVED:
        return None
    links = (find(bid, reader) for find in finders)
    return next((link for link in links if link is not None), None)
