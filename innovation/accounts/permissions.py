"""Permission checks, and the message of a refusal."""

from collections.abc import Sequence
from typing import TypeGuard

from django.contrib.auth.models import AnonymousUser

from innovation.accounts.models import User
from innovation.accounts.roles import Permission, titles_with
from innovation.core.errors import NotAllowed

Visitor = User | AnonymousUser
"""The user of a request, who may be anonymous."""


def has_permission(user: Visitor, *permissions: Permission) -> TypeGuard[User]:
    """Whether the user has at least one of the permissions."""
    return user.is_authenticated and any(
        user.may(permission) for permission in permissions
    )


def require_permission(user: Visitor, *permissions: Permission) -> None:
    """Raise `NotAllowed`, naming the roles that can, if the user has none of them."""
    if not has_permission(user, *permissions):
        raise NotAllowed(refusal("do this", permissions))


def refusal(act: str, permissions: Sequence[Permission]) -> str:
    """`act` completes “You need the role … to …”."""
    titles = [f"“{title}”" for title in titles_with(permissions)]
    if len(titles) == 1:
        return f"You need the role {titles[0]} to {act}."
    return f"You need one of these roles to {act}: {', '.join(titles)}."
