"""The form to invite somebody to an organisation."""

from innovation.accounts.forms.membership import StandingForm
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
