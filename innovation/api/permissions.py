"""Who may read a resource of the API: the token's scope, then its holder's policy."""

from dataclasses import dataclass
from typing import Any, Protocol

from rest_framework.permissions import BasePermission
from rest_framework.request import Request


class Policy(Protocol):
    """What `innovation.accounts.page_access` makes out of verbs."""

    @property
    def name(self) -> str: ...

    def allows(self, user: Any, /) -> bool: ...


@dataclass(frozen=True, slots=True)
class Everybody:
    """For the one address of the API that needs no token: its own description."""

    name: str = "everybody"

    def allows(self, user: Any, /) -> bool:
        return True


class HasScope(BasePermission):
    """A view without `needs` and `policy` is shut: a mistake opens nothing."""

    def has_permission(self, request: Request, view: Any) -> bool:
        needs: str | None = getattr(view, "needs", None)
        policy: Policy | None = getattr(view, "policy", None)
        token: Any = request.auth
        if needs is None or policy is None or token is None:
            return False
        if needs not in token.scopes:
            self.message = f"This token lacks the scope “{needs}”."
            return False
        self.message = "The role of this token’s holder does not open this."
        return policy.allows(request.user)
