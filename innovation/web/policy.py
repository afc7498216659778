"""Who may open a page. `innovation.accounts.policy` makes them from roles and verbs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol


class Policy(Protocol):
    """`name` is what the table of routes and roles prints; `public` needs no user."""

    @property
    def name(self) -> str: ...

    @property
    def public(self) -> bool: ...

    def allows(self, user: Any, /) -> bool: ...


@dataclass(frozen=True, slots=True)
class Open:
    """For pages that stand below accounts."""

    name: str = "everybody"
    public: bool = True
    allows: Callable[[Any], bool] = lambda user: True


EVERYBODY = Open()
