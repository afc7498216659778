"""Forms for adding and changing people."""

from innovation.accounts.roles import POWERFUL_ROLES, ROLES
from innovation.web import forms

TITLES = [(role.name, role.title) for role in ROLES.values()]


class FindForm(forms.FilterForm):
    text = forms.TextField(
        label="Name or email address", required=False, autofill=forms.OTHERS
    )
    role = forms.ChoiceField(
        [("", "Any"), *TITLES], label="Role", required=False, select=False
    )


class AddPersonForm(forms.Form):
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
    roles = forms.MultipleChoiceField(
        TITLES,
        label="Roles",
        missing="Select at least one role",
        choice_hints=dict.fromkeys(
            POWERFUL_ROLES, "Another administrator must confirm it"
        ),
    )
    reason = forms.LongTextField(
        label="Why are you adding them?",
        help_text="The other administrators will read this",
        missing="Enter why you are adding them",
        max_length=1000,
        rows=3,
    )


class NameForm(forms.Form):
    name = forms.TextField(
        label="Full name",
        missing="Enter a full name",
        max_length=150,
        autofill=forms.OTHERS,
    )


class OwnNameForm(forms.Form):
    name = forms.TextField(
        label="Full name",
        missing="Enter your full name",
        max_length=150,
        autofill="name",
    )


class RemindersForm(forms.Form):
    wanted = forms.ChoiceField(
        [("yes", "Yes"), ("no", "No")],
        label="Do you want reminders?",
        missing="Select yes if you want reminders",
    )
