"""The sign-in library's forms in our words: labels, hints and what is missing.

The library finds them through `ACCOUNT_FORMS` and `MFA_FORMS`; what they do is its own.
"""

import secrets
from typing import Any, ClassVar, NamedTuple

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp import forms as totp
from django.db import transaction
from django.forms import Field
from django.http import HttpRequest

from innovation.accounts.models import User


def nobody(times: int) -> None:
    """The work of looking somebody up, where there is nobody to look up."""
    for _ in range(times):
        User.objects.filter(pk=0).first()


class Words(NamedTuple):
    label: str
    missing: str
    hint: str = ""


EMAIL = Words("Email address", "Enter your email address")
NOT_AN_ADDRESS = "Enter an email address in the correct format, like name@example.com"
LONG_ENOUGH = (
    "At least 10 characters, and not one that many people use. "
    "Three random words make a good one."
)
NEW_PASSWORD = Words("New password", "Enter a new password", LONG_ENOUGH)
AGAIN = Words("New password again", "Enter the new password again")
CODE = Words("Code", "Enter the code")
APP_CODE = Words("Code", "Enter the code", "6 digits from the app on your phone")


class _Worded:
    """Before the library's form in the order of bases. No hint leaves the library's."""

    words: ClassVar[dict[str, Words]]
    fields: dict[str, Field]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, (label, missing, hint) in self.words.items():
            field = self.fields[name]
            field.label = label
            field.error_messages["required"] = missing
            field.help_text = hint or field.help_text
            if label == EMAIL.label:
                field.error_messages["invalid"] = NOT_AN_ADDRESS


class SignIn(_Worded, account.LoginForm):
    words = {"login": EMAIL, "password": Words("Password", "Enter your password")}


class SignUp(_Worded, account.SignupForm):
    field_order = ["name", "email", "password1"]
    words = {
        "email": EMAIL,
        "password1": Words("Password", "Enter a password", LONG_ENOUGH),
    }

    def try_save(self, request: HttpRequest) -> Any:
        if self.account_already_exists:
            self._rehearse(request)
        return super().try_save(request)

    def _rehearse(self, request: HttpRequest) -> None:
        """What is done for a new address, done and undone for a known one: else the
        time that it takes tells which it is.
        """
        email = self.cleaned_data["email"]
        with transaction.atomic():
            self.account_already_exists = False
            self.cleaned_data["email"] = f"{secrets.token_hex(8)}@rehearsal.invalid"
            self.save(request)
            transaction.set_rollback(True)
        nobody(1)
        self.account_already_exists = True
        self.cleaned_data["email"] = email


class AddEmail(_Worded, account.AddEmailForm):
    words = {"email": EMAIL}


class ChangeEmail(_Worded, account.ChangeEmailForm):
    words = {"email": EMAIL}


class ResetPassword(_Worded, account.ResetPasswordForm):
    words = {"email": EMAIL}

    def clean_email(self) -> str:
        """One query whoever it is, for its time tells too."""
        email = str(get_adapter().clean_email(self.cleaned_data["email"].lower()))
        self.holder = User.objects.with_address(email).first()
        self.users = [self.holder] if self.holder and self.holder.is_active else []
        return email

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """What there is to say, its holder reads in the letter."""
        email = str(self.cleaned_data["email"])
        if self.holder is None or self.holder.is_active:
            return str(super().save(request, **kwargs))
        get_adapter().send_mail("account/email/account_closed", email, {})
        return email


class ChooseAnew(_Worded, account.ResetPasswordKeyForm):
    words = {"password1": NEW_PASSWORD, "password2": AGAIN}


class ChoosePassword(_Worded, account.SetPasswordForm):
    words = {"password1": NEW_PASSWORD, "password2": AGAIN}


class ChangePassword(_Worded, account.ChangePasswordForm):
    words = {
        "oldpassword": Words("Current password", "Enter your current password"),
        "password1": NEW_PASSWORD,
        "password2": AGAIN,
    }


class ConfirmEmail(_Worded, account.ConfirmEmailVerificationCodeForm):
    words = {"code": CODE}

    def __init__(self, *args: Any, user: User | None = None, **options: Any) -> None:
        super().__init__(*args, user=user, **options)
        if user is None:
            # The address is known, so there is nobody to confirm: the library has not
            # made the two queries that its time would be told by.
            nobody(2)


class Again(_Worded, account.ReauthenticateForm):
    words = {"password": Words("Password", "Enter your password")}


class SecondFactor(_Worded, second_factor.AuthenticateForm):
    words = {"code": CODE}


class SecondFactorAgain(_Worded, second_factor.ReauthenticateForm):
    words = {"code": CODE}


class SetUpApp(_Worded, totp.ActivateTOTPForm):
    words = {"code": APP_CODE}
