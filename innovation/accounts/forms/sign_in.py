"""The sign-in library's forms in our words: labels, hints and what is missing.

The library finds them through `ACCOUNT_FORMS` and `MFA_FORMS`; what they do is its own.
"""

from typing import Any, ClassVar, NamedTuple

from allauth.account import forms as account
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp import forms as totp
from django.forms import Field


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


class SignIn(_Worded, account.LoginForm):  # type: ignore[misc]  # untyped package
    words = {"login": EMAIL, "password": Words("Password", "Enter your password")}


class SignUp(_Worded, account.SignupForm):  # type: ignore[misc]  # untyped package
    field_order = ["name", "email", "password1"]
    words = {
        "email": EMAIL,
        "password1": Words("Password", "Enter a password", LONG_ENOUGH),
    }


class AddEmail(_Worded, account.AddEmailForm):  # type: ignore[misc]  # untyped package
    words = {"email": EMAIL}


class ChangeEmail(_Worded, account.ChangeEmailForm):  # type: ignore[misc]  # untyped package
    words = {"email": EMAIL}


class ResetPassword(_Worded, account.ResetPasswordForm):  # type: ignore[misc]  # untyped package
    words = {"email": EMAIL}


class ChooseAnew(_Worded, account.ResetPasswordKeyForm):  # type: ignore[misc]  # untyped package
    words = {"password1": NEW_PASSWORD, "password2": AGAIN}


class ChoosePassword(_Worded, account.SetPasswordForm):  # type: ignore[misc]  # untyped package
    words = {"password1": NEW_PASSWORD, "password2": AGAIN}


class ChangePassword(_Worded, account.ChangePasswordForm):  # type: ignore[misc]  # untyped package
    words = {
        "oldpassword": Words("Current password", "Enter your current password"),
        "password1": NEW_PASSWORD,
        "password2": AGAIN,
    }


class ConfirmEmail(_Worded, account.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]  # untyped package
    words = {"code": CODE}


class Again(_Worded, account.ReauthenticateForm):  # type: ignore[misc]  # untyped package
    words = {"password": Words("Password", "Enter your password")}


class SecondFactor(_Worded, second_factor.AuthenticateForm):  # type: ignore[misc]  # untyped package
    words = {"code": CODE}


class SecondFactorAgain(_Worded, second_factor.ReauthenticateForm):  # type: ignore[misc]  # untyped package
    words = {"code": CODE}


class SetUpApp(_Worded, totp.ActivateTOTPForm):  # type: ignore[misc]  # untyped package
    words = {"code": APP_CODE}
