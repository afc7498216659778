"""Permission to read a resource: the token's scope, and the policy for its holder."""

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from innovation.core.access import Policy


class HasScope(BasePermission):
    """A view without `required_scope` and `policy` refuses everybody."""

    def has_permission(self, request: Request, view: object) -> bool:
        scope: str | None = getattr(view, "required_scope", None)
        policy: Policy | None = getattr(view, "policy", None)
        token: Any = request.auth
        if scope is None or policy is None or token is None:
            return False
        if scope not in token.scopes:
            self.message = f"This token lacks the scope “{scope}”."
            return False
        self.message = "The role of this token’s holder does not allow this."
        return policy.allows(request.user)
