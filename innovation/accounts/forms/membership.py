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
    """`offices`: those whose signature binds this kind of organisation."""

    standing = forms.ChoiceField(
        STANDINGS,
        label="What access do they need?",
        missing="Select what access they need",
        choice_hints={
            Standing.ADMINISTRATOR: "Somebody who holds an office can also sign off"
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
        given = super().clean() or self.cleaned_data
        signs = given.get("standing") == Standing.AUTHORISER
        if signs and not given.get("office") and "office" not in self.errors:
            self.add_error("office", "Select the office that they hold")
        return given


class RefuseForm(forms.Form):
    reason = forms.LongTextField(
        label="Why are they not added?",
        help_text="We will send them this, and they can ask again",
        missing="Enter the reason",
        max_length=2000,
    )
