"""The forms for asking somebody to sign an expression or a bid, and for declining."""

from collections.abc import Sequence
from typing import Unpack

from innovation.accounts.models import Membership, Office
from innovation.web import forms

INVITE = "invite"
"""The answer for somebody who cannot sign for the organisation yet."""


class AskForm(forms.Form):
    """`signers` are the authorisers. Without `offices` nobody else can be invited."""

    of = forms.ChoiceField(
        [],
        label="Who do you want to ask?",
        missing="Select who you want to ask",
        reveals={INVITE: ["name", "email", "office"]},
    )
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
        signers: Sequence[Membership],
        offices: Sequence[Office],
        **options: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **options)
        choices = [(member.user.key, _name(member)) for member in signers]
        if offices:
            choices.append((INVITE, "Somebody else: invite them by email"))
        forms.set_choices(self.fields["of"], choices)
        forms.hide_optional_marker(
            *(self.fields[name] for name in ("name", "email", "office"))
        )
        forms.set_choices(
            self.fields["office"], [(office.value, office.label) for office in offices]
        )
        if not offices:
            for name in ("name", "email", "office"):
                del self.fields[name]

    def clean(self) -> dict[str, object]:
        data = super().clean() or self.cleaned_data
        if data.get("of") == INVITE:
            for name, problem in (
                ("name", "Enter their full name"),
                ("email", "Enter their email address"),
                ("office", "Select which post they hold"),
            ):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, problem)
        return data


class DeclineForm(forms.Form):
    reason = forms.LongTextField(
        label="Why are you not signing it?",
        help_text="We will send this to the person who asked you",
        missing="Enter why you are not signing it",
        max_length=2000,
    )


def _name(member: Membership) -> str:
    office = member.get_office_display()
    return f"{member.user}, {office}" if office else str(member.user)
