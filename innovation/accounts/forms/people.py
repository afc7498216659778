"""Adding people and changing what they may do."""

from typing import Any

from innovation.accounts.roles import ROLES
from innovation.web import forms

TITLES = [(role.name, role.title) for role in ROLES.values()]


class FindForm(forms.Form):
    text = forms.TextField(label="Name or email address", required=False)
    role = forms.ChoiceField(
        [("", "Any"), *TITLES], label="Role", required=False, select=False
    )


class AddPersonForm(forms.Form):
    name = forms.TextField(label="Full name", max_length=150)
    email = forms.EmailField(label="Email address")
    roles = forms.MultipleChoiceField(
        TITLES, label="Roles", missing="Select at least one role"
    )


class NameForm(forms.Form):
    name = forms.TextField(label="Full name", max_length=150)


class RoleForm(forms.Form):
    """Offers `roles` only: those the person lacks, or those they hold."""

    role = forms.ChoiceField(TITLES, label="Role", missing="Select a role")

    def __init__(self, *args: Any, roles: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        offered = [(name, title) for name, title in TITLES if name in roles]
        forms.offer(self.fields["role"], offered)
