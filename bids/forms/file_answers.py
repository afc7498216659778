from innovation.documents.validators import ACCEPT, TAKEN
from innovation.web import forms


class FilesForm(forms.Form):
    chosen = forms.FilesField(
        label="Add files",
        missing="Select a file",
        help_text=f"{TAKEN}. You can select several at once.",
        widget=forms.FilesInput(attrs={"accept": ACCEPT}),
    )
