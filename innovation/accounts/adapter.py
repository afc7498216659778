"""Where allauth asks this service."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.db import transaction
from django.http import HttpRequest

from innovation.accounts.domain import people
from innovation.accounts.models import User
from innovation.core import clock

WRONG_CODE = "Enter the code again: this one is not right, or too old"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # untyped package
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "duplicate_email": "This email address is yours already",
        "email_password_mismatch": "The email address or the password is not right",
        "enter_current_password": "Enter your current password: this one is not right",
        "incorrect_code": WRONG_CODE,
        "incorrect_password": "The password is not right",
        "same_as_current": "Enter another email address than the one you gave",
        "too_many_login_attempts": (
            "Too many attempts with this email address. Try again in 5 minutes, or "
            "reset your password"
        ),
        "rate_limited": "Too many attempts. Wait a few minutes and try again",
    }

    @transaction.atomic
    def save_user(
        self, request: HttpRequest, user: User, form: Any, commit: bool = True
    ) -> User:
        """Somebody signing up is an applicant and nothing more."""
        super().save_user(request, user, form, commit=False)
        user.name = form.cleaned_data["name"].strip()
        return people.join(user, at=clock.now())


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # untyped package
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "unverified_email": "Confirm your email address first",
    }
