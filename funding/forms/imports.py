"""The form for a file of past cases."""

from django.core.exceptions import ValidationError

from funding.domain.importing.tables import MAX_BYTES
from innovation.web import forms


class DeclineImportForm(forms.Form):
    reason = forms.LongTextField(
        label="Why do you refuse it?",
        help_text="Whoever sent the file will read this",
        missing="Enter why you refuse it",
    )


class ImportForm(forms.Form):
    file = forms.FileField(
        label="A CSV file or an Excel workbook (.xlsx)",
        help_text=f"At most {MAX_BYTES // 1_000_000} MB. We do not save its cases "
        "until you have checked what is in it.",
    )

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise ValidationError(
                f"The selected file must be smaller than {MAX_BYTES // 1_000_000} MB"
            )
        return file
