"""Forms for corrections of imported cases."""

from collections.abc import Sequence
from typing import Unpack

from innovation.core import limits
from innovation.web import forms

REASON = "What shows that it is wrong? A second person and the history say this too"


class ImportedCasesFilter(forms.FilterForm):
    q = forms.TextField(
        label="Reference of the case, of the import or of the sheet",
        required=False,
        max_length=limits.SEARCH,
    )


class CorrectForm(forms.Form):
    column = forms.ChoiceField(
        [], label="What is wrong?", missing="Select what is wrong"
    )
    value = forms.LongTextField(
        label="What is right?",
        help_text="Write it as in a sheet: “28 Feb 2015”, “about £1.2m”, “Leeds; "
        "Hull”. Leave it empty if it is not known",
        required=False,
    )
    reason = forms.LongTextField(label="Why?", help_text=REASON, missing="Enter why")

    def __init__(
        self,
        *args: forms.Sent,
        columns: Sequence[str],
        **options: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **options)
        choices = [(column, column.capitalize()) for column in columns]
        forms.set_choices(self.fields["column"], choices)


class RetractForm(forms.Form):
    reason = forms.LongTextField(label="Why?", help_text=REASON, missing="Enter why")


class RefuseCorrectionForm(forms.Form):
    reason = forms.LongTextField(
        label="Why do you refuse it?",
        help_text="Whoever asked for it will read this",
        missing="Enter why you refuse it",
    )
