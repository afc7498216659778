"""The form that requests a report."""

from typing import Unpack

from innovation.reporting.models import FileFormat
from innovation.web import forms


class ReportForm(forms.Form):
    """Without a format the report is CSV."""

    file_format = forms.ChoiceField(
        FileFormat.choices,
        label="Which format do you want?",
        required=False,
        initial=FileFormat.CSV,
    )

    def __init__(self, *args: forms.Sent, **more: Unpack[forms.FormOptions]) -> None:
        super().__init__(*args, **more)
        forms.hide_optional_marker(*self.fields.values())

    def clean_file_format(self) -> FileFormat:
        return FileFormat(self.cleaned_data["file_format"] or FileFormat.CSV)
