"""The forms for asking somebody to sign an expression or a bid, and for declining."""

from collections.abc import Sequence
from typing import Unpack

from innovation.accounts.forms.membership import INVITE, INVITE_CHOICE, InviteeForm
from innovation.accounts.models import Membership, Office
from innovation.web import forms


class AskForm(InviteeForm):
    """`signers` are the authorisers. Without `offices` nobody else can be invited."""

    of = forms.ChoiceField(
        [],
        label="Who do you want to ask?",
        missing="Select who you want to ask",
        reveals={INVITE: ["name", "email", "office"]},
    )
    field_order = ["of"]

    def __init__(
        self,
        *args: forms.Sent,
        signers: Sequence[Membership],
        offices: Sequence[Office],
        **options: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, offices=offices, **options)
        choices = [(member.user.key, _name(member)) for member in signers]
        if offices:
            choices.append(INVITE_CHOICE)
        else:
            for name in ("name", "email", "office"):
                del self.fields[name]
        forms.set_choices(self.fields["of"], choices)

    def clean(self) -> dict[str, object]:
        data = super().clean() or self.cleaned_data
        if data.get("of") == INVITE:
            self.require("name", "email", "office")
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
