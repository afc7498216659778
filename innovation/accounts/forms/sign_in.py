"""Allauth's forms with labels, hints and messages of this service.

Allauth finds them through `ACCOUNT_FORMS` and `MFA_FORMS`; their behaviour is its own.
"""

import secrets
from typing import Any, ClassVar, NamedTuple

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp import forms as totp
from django.db import transaction
from django.forms import Field, PasswordInput
from django.http import HttpRequest

from innovation.accounts.models import User
from innovation.core.lines import plain_value


def imitate_lookups(times: int) -> None:
    """Make as many queries as finding a user takes, so that the time is the same."""
    for _ in range(times):
        User.objects.filter(pk=0).first()


class FieldText(NamedTuple):
    label: str
    missing: str
    hint: str = ""


EMAIL = FieldText("Email address", "Enter your email address")
INVALID_EMAIL = "Enter an email address in the correct format, like name@example.com"
UNSEEN_CHARACTER = "The password has a character that you cannot see. Type it again"
PASSWORD_HINT = (
    "At least 10 characters, and not one that many people use. "
    "Three random words make a good one."
)
NEW_PASSWORD = FieldText("New password", "Enter a new password", PASSWORD_HINT)
NEW_PASSWORD_AGAIN = FieldText("New password again", "Enter the new password again")
CODE = FieldText("Code", "Enter the code")
APP_CODE = FieldText("Code", "Enter the code", "6 digits from the app on your phone")


class _LabelledForm:
    """A mixin before a form of allauth. Fields without a hint keep allauth's. Addresses
    and codes are judged as a person sees them; passwords as they are.
    """

    field_texts: ClassVar[dict[str, FieldText]]
    fields: dict[str, Field]
    data: Any

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        for name, (label, missing, hint) in self.field_texts.items():
            field = self.fields[name]
            field.label = label
            field.error_messages["required"] = missing
            field.error_messages["null_characters_not_allowed"] = UNSEEN_CHARACTER
            field.help_text = hint or field.help_text
            if label == EMAIL.label:
                field.error_messages["invalid"] = INVALID_EMAIL
            text = self.data.get(name)
            if isinstance(text, str) and not isinstance(field.widget, PasswordInput):
                self.data = self.data.copy()
                self.data[name] = plain_value(text)


class SignIn(_LabelledForm, account.LoginForm):
    field_texts = {
        "login": EMAIL,
        "password": FieldText("Password", "Enter your password"),
    }


class SignUp(_LabelledForm, account.SignupForm):
    field_order = ["name", "email", "password1"]
    field_texts = {
        "email": EMAIL,
        "password1": FieldText("Password", "Enter a password", PASSWORD_HINT),
    }

    def try_save(self, request: HttpRequest) -> object:
        if self.account_already_exists:
            self._rehearse(request)
        return super().try_save(request)

    def _rehearse(self, request: HttpRequest) -> None:
        """For a known address, do the work for a new one and roll it back. Otherwise
        the time would show which it is.
        """
        email = self.cleaned_data["email"]
        with transaction.atomic():
            self.account_already_exists = False
            self.cleaned_data["email"] = f"{secrets.token_hex(8)}@rehearsal.invalid"
            self.save(request)
            transaction.set_rollback(True)
        imitate_lookups(1)
        self.account_already_exists = True
        self.cleaned_data["email"] = email


class AddEmail(_LabelledForm, account.AddEmailForm):
    field_texts = {"email": EMAIL}


class ChangeEmail(_LabelledForm, account.ChangeEmailForm):
    field_texts = {"email": EMAIL}


class ResetPassword(_LabelledForm, account.ResetPasswordForm):
    field_texts = {"email": EMAIL}

    def clean_email(self) -> str:
        """Always make one query, so that the time does not show who has the address."""
        email = str(get_adapter().clean_email(self.cleaned_data["email"].lower()))
        self.holder = User.objects.with_address(email).first()
        self.users = [self.holder] if self.holder and self.holder.is_active else []
        return email

    def save(self, request: HttpRequest, **kwargs: object) -> str:
        """Write to the holder of the address. The page is the same for everybody."""
        email = str(self.cleaned_data["email"])
        if self.holder is None or self.holder.is_active:
            return str(super().save(request, **kwargs))
        get_adapter().send_mail("account/email/account_closed", email, {})
        return email


class ResetPasswordKey(_LabelledForm, account.ResetPasswordKeyForm):
    field_texts = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD_AGAIN}


class ChoosePassword(_LabelledForm, account.SetPasswordForm):
    field_texts = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD_AGAIN}


class ChangePassword(_LabelledForm, account.ChangePasswordForm):
    field_texts = {
        "oldpassword": FieldText("Current password", "Enter your current password"),
        "password1": NEW_PASSWORD,
        "password2": NEW_PASSWORD_AGAIN,
    }


class ConfirmEmail(_LabelledForm, account.ConfirmEmailVerificationCodeForm):
    field_texts = {"code": CODE}

    def __init__(
        self, *args: object, user: User | None = None, **options: object
    ) -> None:
        super().__init__(*args, user=user, **options)
        if user is None:
            # The address is known, so allauth has not made its two queries. Make them,
            # so that the time is the same.
            imitate_lookups(2)


class Reauthenticate(_LabelledForm, account.ReauthenticateForm):
    field_texts = {"password": FieldText("Password", "Enter your password")}


class SecondFactor(_LabelledForm, second_factor.AuthenticateForm):
    field_texts = {"code": CODE}


class ReauthenticateSecondFactor(_LabelledForm, second_factor.ReauthenticateForm):
    field_texts = {"code": CODE}


class SetUpApp(_LabelledForm, totp.ActivateTOTPForm):
    field_texts = {"code": APP_CODE}
