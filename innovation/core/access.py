"""Policies: who may open a page or an endpoint.

`innovation.accounts.page_access` makes them from roles and permissions.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Policy:
    """`name` is printed in `docs/access.csv`. `allows` gets the request's user, who may
    be anonymous. A `public` page needs no user.
    """

    name: str
    allows: Callable[[Any], bool]
    public: bool = False
    refusal: str = "Your account does not let you open this page."


EVERYBODY = Policy("everybody", lambda user: True, public=True)
SIGNED_IN = Policy("whoever is signed in", lambda user: user.is_authenticated)
