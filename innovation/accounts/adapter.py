"""Where allauth asks this service."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.http import HttpRequest

from innovation.accounts.domain import people
from innovation.accounts.models import User
from innovation.core import clock


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # untyped package
    @transaction.atomic
    def save_user(
        self, request: HttpRequest, user: User, form: Any, commit: bool = True
    ) -> User:
        """Somebody signing up is an applicant and nothing more."""
        super().save_user(request, user, form, commit=False)
        user.name = form.cleaned_data.get("name", "")
        return people.join(user, at=clock.now())
