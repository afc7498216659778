from innovation.documents.validators import ACCEPT, ACCEPTED_FORMATS
from innovation.web import forms


class FilesForm(forms.Form):
    chosen = forms.FilesField(
        label="Add files",
        missing="Select a file",
        help_text=f"{ACCEPTED_FORMATS}. You can select several at once.",
        widget=forms.FilesInput(attrs={"accept": ACCEPT}),
    )
