"""The forms to invite somebody to an organisation, and to join as a newcomer."""

from typing import Unpack

from allauth.account.adapter import get_adapter
from django.forms import CharField, PasswordInput

from innovation.accounts.forms.membership import StandingForm
from innovation.accounts.forms.sign_in import PASSWORD_HINT, UNSEEN_CHARACTER
from innovation.accounts.models import User
from innovation.web import forms


class InviteForm(StandingForm):
    name = forms.TextField(
        label="Full name",
        missing="Enter their full name",
        max_length=150,
        autofill=forms.OTHERS,
    )
    email = forms.EmailField(
        label="Email address",
        missing="Enter their email address",
        autofill=forms.OTHERS,
    )
    field_order = ["name", "email"]


class NewcomerForm(forms.Form):
    """`email` is the invited address, which the password must not resemble."""

    name = forms.TextField(
        label="Full name",
        missing="Enter your full name",
        max_length=150,
        autofill="name",
    )
    password = CharField(
        label="Password",
        help_text=PASSWORD_HINT,
        strip=False,
        widget=PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={
            "required": "Enter a password",
            "null_characters_not_allowed": UNSEEN_CHARACTER,
        },
    )

    def __init__(
        self, *args: forms.Sent, email: str, **options: Unpack[forms.FormOptions]
    ) -> None:
        super().__init__(*args, **options)
        self.email = email

    def clean_password(self) -> str:
        holder = User(email=self.email, name=self.cleaned_data.get("name", ""))
        password = self.cleaned_data["password"]
        return str(get_adapter().clean_password(password, user=holder))
