from innovation.accounts.models.invitation import Invitation
from innovation.accounts.models.membership import (
    COUNCIL_OFFICES,
    WRITING_STANDINGS,
    Membership,
    Office,
    Standing,
)
from innovation.accounts.models.role_grant import Origin, RoleGrant
from innovation.accounts.models.role_request import Change, RequestState, RoleRequest
from innovation.accounts.models.token import ApiToken
from innovation.accounts.models.user import User

__all__ = [
    "COUNCIL_OFFICES",
    "WRITING_STANDINGS",
    "ApiToken",
    "Change",
    "Invitation",
    "Membership",
    "Office",
    "Origin",
    "RequestState",
    "RoleGrant",
    "RoleRequest",
    "Standing",
    "User",
]
