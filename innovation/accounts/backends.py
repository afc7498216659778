"""The authentication backend: finds a user by their address."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import QuerySet

from innovation.accounts.models import User
from innovation.core import statements


class ByAddress(AuthenticationBackend):
    """Makes one query and one hash, even if nobody has the address, so that the time
    does not show whether it is known. Allauth's own backend does not.
    """

    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        holder = User.objects.with_address(email).first()
        user: User | None = self._check_password(holder, password)
        return user

    def get_user(self, user_id: int) -> User | None:
        """The user of a session, unless their account is closed."""
        return statements.first(_open_account, user_id)


def _open_account(pk: int) -> QuerySet[User]:
    return User.objects.filter(pk=pk, is_active=True)[:1]
