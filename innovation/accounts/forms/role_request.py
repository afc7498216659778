"""Forms to request a change of roles, and to refuse it."""

from typing import Unpack

from innovation.accounts.forms.person import TITLES
from innovation.accounts.models import Change, RequestState
from innovation.accounts.roles import POWERFUL_ROLES
from innovation.web import forms


def _role_choices(roles: list[str]) -> list[tuple[str, str]]:
    return [(name, title) for name, title in TITLES if name in roles]


CONFIRMATION_HINTS = dict.fromkeys(
    POWERFUL_ROLES, "Another administrator must confirm it"
)


class TakeRoleForm(forms.Form):
    """`roles` are the names of the roles to choose from."""

    role = forms.ChoiceField(
        TITLES, label="Role", missing="Select a role", choice_hints=CONFIRMATION_HINTS
    )
    reason = forms.LongTextField(
        label="Why?",
        help_text="The person and the other administrators will read this",
        missing="Enter the reason",
        max_length=1000,
        rows=3,
    )

    def __init__(
        self, *args: forms.Sent, roles: list[str], **options: Unpack[forms.FormOptions]
    ) -> None:
        super().__init__(*args, **options)
        forms.set_choices(self.fields["role"], _role_choices(roles))


class GiveRoleForm(TakeRoleForm):
    starts_on = forms.DateField(
        label="From which day?", help_text="Leave it empty to start now", required=False
    )
    ends_on = forms.DateField(
        label="Until the end of which day?",
        help_text="Leave it empty if it has no end. We will write to the person and "
        "the administrators a week before.",
        required=False,
    )


class RefuseForm(forms.Form):
    reason = forms.LongTextField(
        label="Why are you refusing it?",
        help_text="The person who asked will read this",
        missing="Enter the reason",
        max_length=1000,
        rows=3,
    )


class RequestsFilter(forms.FilterForm):
    text = forms.TextField(
        label="Name or email address", required=False, autofill=forms.OTHERS
    )
    role = forms.ChoiceField(TITLES, label="Role", required=False, select=True)
    change = forms.ChoiceField(
        Change.choices,
        label="What was asked",
        required=False,
        select=True,
    )
    state = forms.ChoiceField(
        RequestState.choices,
        label="State",
        required=False,
        select=True,
    )
