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
            Standing.ADMINISTRATOR: "If they hold an office, they can also sign off"
        },
    )
    office = forms.ChoiceField(
        [],
        label="Which office do they hold?",
        help_text="Only people who hold one of these offices can sign off",
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
            self.add_error("office", "Select the office that they hold")
        return data


class RefuseForm(forms.Form):
    reason = forms.LongTextField(
        label="Why are they not added?",
        help_text="We will send them this. They can ask again",
        missing="Enter the reason",
        max_length=2000,
    )
