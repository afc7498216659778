"""The form for a note about a case."""

from innovation.core import limits
from innovation.web import forms


class NoteForm(forms.Form):
    text = forms.LongTextField(
        label="Note",
        missing="Enter a note",
        help_text=(
            "Only officials read it. You cannot change a note. People can ask for it "
            "under the Freedom of Information Act."
        ),
        max_length=limits.MESSAGE,
    )
