"""The form for a new API token."""

from datetime import timedelta

from innovation.accounts.scopes import Scope
from innovation.web import forms

DAYS = [("30", "30 days"), ("90", "90 days"), ("180", "180 days"), ("365", "A year")]


class TokenForm(forms.Form):
    name = forms.TextField(
        label="Name",
        missing="Enter a name",
        help_text="What the token is for, such as “monthly statistics”",
        max_length=100,
    )
    scopes = forms.MultipleChoiceField(
        Scope.choices,
        label="What can it read?",
        missing="Select at least one thing it can read",
    )
    days = forms.ChoiceField(
        DAYS, label="How long should it work?", missing="Select how long"
    )

    def lifetime(self) -> timedelta:
        return timedelta(days=int(self.cleaned_data["days"]))
