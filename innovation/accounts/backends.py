"""The authentication backend: finds a user by their address."""

from allauth.account.auth_backends import AuthenticationBackend

from innovation.accounts.models import User


class ByAddress(AuthenticationBackend):
    """Always makes one query and one hash, even if nobody has the address, so that the
    time does not show whether it is known. Allauth's own query does not.
    """

    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        holder = User.objects.with_address(email).first()
        user: User | None = self._check_password(holder, password)
        return user
