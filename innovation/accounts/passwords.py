"""Links with which somebody chooses a new password."""

from django.contrib.auth.tokens import PasswordResetTokenGenerator

from innovation.accounts.models import User


class ResetTokens(PasswordResetTokenGenerator):
    """Good once, and until the account's sessions are ended: that is also when its
    addresses change and when it is closed.
    """

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{user.session_epoch}"
