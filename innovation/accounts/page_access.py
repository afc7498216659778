"""Policies of pages by permission."""

from innovation.accounts.permissions import has_permission, refusal
from innovation.accounts.roles import Permission
from innovation.core.access import EVERYBODY as EVERYBODY
from innovation.core.access import SIGNED_IN as SIGNED_IN
from innovation.core.access import Policy


def permission_required(*permissions: Permission) -> Policy:
    """Allows users whose roles give one of these permissions."""
    return Policy(
        " or ".join(permissions),
        lambda user: has_permission(user, *permissions),
        refusal=refusal("open this page", permissions),
    )
