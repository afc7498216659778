"""Who may open a page: every view names one of these as its `policy`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from innovation.accounts.roles import Verb


@dataclass(frozen=True, slots=True)
class Policy:
    """`allows` sees the request's user, who may be nobody."""

    name: str
    allows: Callable[[Any], bool]
    public: bool = False


def holds(user: Any, *verbs: Verb) -> bool:
    """Whether the user, if anybody, may use at least one of the verbs."""
    return user.is_authenticated and any(user.may(verb) for verb in verbs)


def may(*verbs: Verb) -> Policy:
    """Whoever holds a role with one of these verbs."""
    return Policy(" or ".join(verbs), lambda user: holds(user, *verbs))


EVERYBODY = Policy("everybody", lambda user: True, public=True)
SIGNED_IN = Policy("whoever is signed in", lambda user: user.is_authenticated)
