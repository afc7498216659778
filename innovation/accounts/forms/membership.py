"""Forms for managing an organisation's people."""

from collections.abc import Sequence
from typing import Unpack

from innovation.accounts.domain.queries.memberships import Gap
from innovation.accounts.models import Membership, Office, Standing
from innovation.web import forms

STANDINGS = [
    (Standing.VIEWER, "View applications"),
    (Standing.EDITOR, "View and edit applications"),
    (
        Standing.AUTHORISER,
        "View, edit and sign off applications, so that they can be sent",
    ),
    (Standing.ADMINISTRATOR, "View and edit applications, and manage its people"),
]


class FindForm(forms.FilterForm):
    text = forms.TextField(label="Name or official number", required=False)


class StandingForm(forms.Form):
    """`offices` are those whose holders can sign for this kind of organisation."""

    standing = forms.ChoiceField(
        STANDINGS,
        label="What access do they need?",
        missing="Select what access they need",
        choice_hints={
            Standing.ADMINISTRATOR: "They can also sign off if they hold a post below"
        },
    )
    office = forms.ChoiceField(
        [],
        label="Which of these posts do they hold?",
        help_text="Only people in one of these posts can sign off applications",
        required=False,
    )

    def __init__(
        self,
        *args: forms.Sent,
        offices: Sequence[Office],
        **options: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **options)
        office_choices = [(office.value, office.label) for office in offices]
        forms.set_choices(
            self.fields["office"], [*office_choices, ("none", "None of these")]
        )

    def clean_office(self) -> str:
        office = str(self.cleaned_data.get("office") or "")
        return "" if office == "none" else office

    def clean(self) -> dict[str, object]:
        data = super().clean() or self.cleaned_data
        is_authoriser = data.get("standing") == Standing.AUTHORISER
        if is_authoriser and not data.get("office") and "office" not in self.errors:
            self.add_error("office", "Select which post they hold")
        return data


INVITE, NOBODY = "invite", "nobody"
"""The answers for somebody who is not among the people yet, and for nobody."""
INVITE_CHOICE = (INVITE, "Somebody else: invite them by email")


class InviteeForm(forms.Form):
    """Asks who is invited and which post they hold, where another answer needs it."""

    name = forms.TextField(
        label="Full name", required=False, max_length=150, autofill=forms.OTHERS
    )
    email = forms.EmailField(
        label="Email address", required=False, autofill=forms.OTHERS
    )
    office = forms.ChoiceField(
        [],
        label="Which of these posts do they hold?",
        help_text="Only people in one of these posts can sign off applications",
        required=False,
    )

    def __init__(
        self,
        *args: forms.Sent,
        offices: Sequence[Office],
        **options: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **options)
        forms.set_choices(
            self.fields["office"], [(office.value, office.label) for office in offices]
        )
        forms.hide_optional_marker(
            *(self.fields[name] for name in ("name", "email", "office"))
        )

    def require(self, *names: str) -> None:
        """Require an answer to these fields, from `clean`."""
        missing = {
            "name": "Enter their full name",
            "email": "Enter their email address",
            "office": "Select which post they hold",
        }
        for name in names:
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, missing[name])


class RemoveForm(InviteeForm):
    """Who takes over from somebody without whom the organisation would lack an
    administrator or an authoriser. Without such a gap it asks nothing.
    """

    successor = forms.ChoiceField(
        [],
        label="Who will take over?",
        missing="Select who will take over",
        reveals={INVITE: ["name", "email"]},
    )
    field_order = ["successor"]

    def __init__(
        self,
        *args: forms.Sent,
        gap: Gap,
        others: Sequence[Membership],
        offices: Sequence[Office],
        may_invite: bool,
        **options: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, offices=offices, **options)
        self.gap = gap
        choices = [(other.key, str(other.user)) for other in others]
        if may_invite:
            choices.append(INVITE_CHOICE)
        if not gap.administrator:
            choices.append((NOBODY, "Nobody yet"))
        forms.set_choices(self.fields["successor"], choices)
        is_asked = {
            "successor": gap.administrator or gap.authoriser,
            "name": may_invite,
            "email": may_invite,
            "office": gap.authoriser,
        }
        for field in [name for name, asked in is_asked.items() if not asked]:
            del self.fields[field]

    def clean(self) -> dict[str, object]:
        data = super().clean() or self.cleaned_data
        successor = data.get("successor")
        if successor == INVITE:
            self.require("name", "email")
        if successor and successor != NOBODY and self.gap.authoriser:
            self.require("office")
        return data


class RefuseForm(forms.Form):
    reason = forms.LongTextField(
        label="Why can they not join?",
        help_text="We will send them your answer. They can ask to join again",
        missing="Enter the reason",
        max_length=2000,
    )
