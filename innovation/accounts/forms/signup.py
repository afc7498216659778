"""The questions at sign-up besides the address and the password."""

from django.http import HttpRequest

from innovation.accounts.models import User
from innovation.web import forms


class NameForm(forms.Form):
    name = forms.TextField(
        label="Full name",
        missing="Enter your full name",
        max_length=150,
        autofill="name",
    )

    def signup(self, request: HttpRequest, user: User) -> None:
        """Allauth requires this method; the adapter has already saved the name."""
