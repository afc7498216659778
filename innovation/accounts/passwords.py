"""Links for choosing a new password."""

from django.contrib.auth.tokens import PasswordResetTokenGenerator

from innovation.accounts.models import User


class ResetTokens(PasswordResetTokenGenerator):
    """Tokens that work once, and only until the account's sessions are ended: also when
    its addresses change or it is deactivated.
    """

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{user.session_epoch}"
