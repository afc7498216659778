"""The base of the forms of claims and reports, which are saved as drafts before one is
sent.
"""

from collections.abc import Mapping, Sequence
from typing import Unpack

from django import forms as django_forms

from funding.domain.grant_files import FIELD, REMOVE_FIELD
from funding.models import GrantFile
from innovation.core import limits
from innovation.documents.validators import ACCEPT, ACCEPTED_FORMATS
from innovation.web import forms

SAVE = "save"
"""The name of the button that saves a draft."""


class GrantDraftForm(forms.Form):
    """A draft is saved as it was typed: then the fields that `is_draft` names take any
    text. What is sent is checked by their own rules.
    """

    spent = forms.MoneyField(
        label="How much of the whole grant have you spent so far?",
        help_text="In pounds, since the grant started. Enter 0 if you have spent "
        "nothing yet",
        missing="Enter how much of the whole grant you have spent so far",
    )

    def __init__(
        self,
        *args: forms.Sent,
        files: Sequence[GrantFile],
        **options: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **options)
        self.add_fields()
        self.raw_input_fields = list(self.fields)
        if self.is_draft:
            for name in self.raw_input_fields:
                self.fields[name] = _any_text(self.fields[name])
        self.fields[FIELD] = forms.FilesField(
            label="Add files",
            help_text=f"Such as invoices or evidence. {ACCEPTED_FORMATS}. You can "
            "select several at once. Nothing about an individual child",
            missing="Select a file",
            required=False,
            widget=forms.FilesInput(attrs={"accept": ACCEPT}),
        )
        if files:
            names = [(file.key, file.document.name) for file in files]
            self.fields[REMOVE_FIELD] = forms.MultipleChoiceField(
                names, label="Remove files", required=False
            )

    def add_fields(self) -> None:
        """Add fields that depend on what the form is about."""

    @property
    def is_draft(self) -> bool:
        return bool(self.data.get(SAVE))

    def raw_input(self) -> Mapping[str, str]:
        """What was typed, by field, as a draft keeps it."""
        return {
            name: str(self.cleaned_data[name] or "") for name in self.raw_input_fields
        }


def _any_text(field: django_forms.Field) -> django_forms.Field:
    """A field that looks the same and takes any text."""
    return django_forms.CharField(
        label=field.label,
        help_text=field.help_text,
        required=False,
        strip=False,
        max_length=limits.TEXT_CEILING,
        widget=field.widget,
    )
