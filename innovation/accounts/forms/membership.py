"""Forms for managing an organisation's people."""

from collections.abc import Sequence
from typing import Unpack

from innovation.accounts.models import Office, Standing
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


class RefuseForm(forms.Form):
    reason = forms.LongTextField(
        label="Why can they not join?",
        help_text="We will send them your answer. They can ask to join again",
        missing="Enter the reason",
        max_length=2000,
    )
