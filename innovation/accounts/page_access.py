"""Who may open a page, by the permissions that their roles give."""

from typing import Any

from innovation.accounts.roles import Permission
from innovation.web.page_access import EVERYBODY as EVERYBODY
from innovation.web.page_access import SIGNED_IN as SIGNED_IN
from innovation.web.page_access import Policy


def holds(user: Any, *permissions: Permission) -> bool:
    """Whether the user, if anybody, has at least one of the permissions."""
    return user.is_authenticated and any(user.may(each) for each in permissions)


def may(*permissions: Permission) -> Policy:
    """Whoever holds a role with one of these permissions."""
    return Policy(" or ".join(permissions), lambda user: holds(user, *permissions))
