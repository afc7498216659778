from innovation.accounts.models.membership import (
    OF_A_COUNCIL,
    Membership,
    Office,
    Standing,
)
from innovation.accounts.models.token import ApiToken
from innovation.accounts.models.user import User

__all__ = [
    "OF_A_COUNCIL",
    "ApiToken",
    "Membership",
    "Office",
    "Standing",
    "User",
]
