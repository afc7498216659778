"""Who may read a resource of the API: the token's scope, then its holder's policy."""

from dataclasses import dataclass
from typing import Any, Protocol

from rest_framework.permissions import BasePermission
from rest_framework.request import Request


class Policy(Protocol):
    """What `innovation.accounts.page_access` makes out of permissions."""

    @property
    def name(self) -> str: ...

    def allows(self, user: object, /) -> bool: ...


@dataclass(frozen=True, slots=True)
class Everybody:
    """For the one address of the API that needs no token: its own description."""

    name: str = "everybody"

    def allows(self, user: object, /) -> bool:
        return True


class HasScope(BasePermission):
    """A view without `required_scope` and `policy` is shut: a mistake opens nothing."""

    def has_permission(self, request: Request, view: Any) -> bool:
        scope: str | None = getattr(view, "required_scope", None)
        policy: Policy | None = getattr(view, "policy", None)
        token: Any = request.auth
        if scope is None or policy is None or token is None:
            return False
        if scope not in token.scopes:
            self.message = f"This token lacks the scope “{scope}”."
            return False
        self.message = "The role of this token’s holder does not open this."
        return policy.allows(request.user)
