from innovation.accounts.models.count import RateCount
from innovation.accounts.models.invitation import Invitation
from innovation.accounts.models.membership import (
    OF_A_COUNCIL,
    Membership,
    Office,
    Standing,
)
from innovation.accounts.models.token import ApiToken, ApiUse
from innovation.accounts.models.user import User

__all__ = [
    "OF_A_COUNCIL",
    "ApiToken",
    "ApiUse",
    "Invitation",
    "Membership",
    "Office",
    "RateCount",
    "Standing",
    "User",
]
