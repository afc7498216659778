from innovation.accounts.models.membership import Membership, Standing
from innovation.accounts.models.token import ApiToken, ApiUse
from innovation.accounts.models.user import User

__all__ = ["ApiToken", "ApiUse", "Membership", "Standing", "User"]
