"""Forms for corrections of imported cases."""

from collections.abc import Sequence
from typing import Unpack

from innovation.core import limits
from innovation.web import forms

EXAMPLES_OF_AWARDS = (
    "“28 Feb 2015”, “about £1.2m”, “Leeds; Hull”, “Open Doors (charity)”"
)
EXAMPLES_OF_EXPRESSIONS = (
    "“28 Feb 2015”, “£120,000 in 2014-15”, “declined on 1 Sept 2014”, “Leeds; Hull”, "
    "“Open Doors (charity)”"
)
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
    value = forms.LongTextField(label="What is right?", required=False)
    reason = forms.LongTextField(label="Why?", help_text=REASON, missing="Enter why")

    def __init__(
        self,
        *args: forms.Sent,
        columns: Sequence[str],
        examples: str,
        **options: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **options)
        choices = [(column, column.capitalize()) for column in columns]
        forms.set_choices(self.fields["column"], choices)
        value = self.fields["value"]
        value.help_text = (
            f"Write it as in a sheet: {examples}. Leave it empty if it is not known"
        )


class RetractForm(forms.Form):
    reason = forms.LongTextField(label="Why?", help_text=REASON, missing="Enter why")


class RefuseCorrectionForm(forms.Form):
    reason = forms.LongTextField(
        label="Why do you refuse it?",
        help_text="Whoever asked for it will read this",
        missing="Enter why you refuse it",
    )
