"""Joining an organisation and looking after its people."""

from typing import Any

from innovation.accounts.models import Standing
from innovation.organisations.models import Organisation
from innovation.organisations.models.organisation import ApplicantType
from innovation.web import forms

COUNCIL, OTHER = "council", "other"
STANDINGS = [
    (Standing.VIEWER, "Read the organisation’s cases"),
    (Standing.EDITOR, "Read, write and send them"),
    (Standing.AUTHORISER, "Read, write, send and sign them off"),
    (Standing.ADMINISTRATOR, "All of that, and look after its people"),
]


class JoinForm(forms.Form):
    kind = forms.ChoiceField(
        [(COUNCIL, "A council"), (OTHER, "Another organisation")],
        label="Who do you work for?",
        missing="Select who you work for",
        reveals={COUNCIL: ["council"], OTHER: ["name", "applicant_type"]},
    )
    council = forms.ObjectField(label="Council", select=True, required=False)
    name = forms.TextField(label="Name of the organisation", required=False)
    applicant_type = forms.ChoiceField(
        [choice for choice in ApplicantType.choices if choice[0] != "local_authority"],
        label="What kind of organisation is it?",
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        councils = Organisation.objects.filter(council__isnull=False)
        self.fields["council"].queryset = councils  # type: ignore[attr-defined]  # is a ModelChoiceField

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("kind") == COUNCIL and not given.get("council"):
            self.add_error("council", "Select your council")
        if given.get("kind") == OTHER:
            if not given.get("name"):
                self.add_error("name", "Enter the name of the organisation")
            if not given.get("applicant_type"):
                self.add_error("applicant_type", "Select what kind it is")
        return given


class InviteForm(forms.Form):
    name = forms.TextField(label="Full name", max_length=150)
    email = forms.EmailField(label="Email address")
    standing = forms.ChoiceField(
        STANDINGS, label="What may they do?", missing="Select what they may do"
    )


class StandingForm(forms.Form):
    standing = forms.ChoiceField(
        STANDINGS, label="What may they do?", missing="Select what they may do"
    )
