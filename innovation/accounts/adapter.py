"""Where allauth asks this service."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from innovation.accounts.models import User
from innovation.audit.models import Chain


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # untyped package
    def new_user(self, request: HttpRequest) -> User:
        """Somebody signing up is an applicant and nothing more."""
        return User(roles=["applicant"])

    def save_user(
        self, request: HttpRequest, user: User, form: Any, commit: bool = True
    ) -> User:
        user.chain = Chain.objects.create(kind=Chain.Kind.PERSON)
        return super().save_user(request, user, form, commit)  # type: ignore[no-any-return]  # untyped package
