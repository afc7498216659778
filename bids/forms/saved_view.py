"""The form that names a view of the list of cases."""

from typing import Unpack

from innovation.web import forms


class SavedViewForm(forms.Form):
    name = forms.TextField(
        label="Name of the view",
        missing="Enter a name",
        help_text="Such as “Waiting for us in the North West”",
        max_length=80,
    )
    shared = forms.TickField(
        label="Share it with everybody in the department who reads all cases",
        required=False,
    )

    def __init__(
        self,
        *args: forms.Sent,
        may_share: bool,
        **kwargs: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **kwargs)
        forms.hide_optional_marker(self.fields["shared"])
        if not may_share:
            del self.fields["shared"]
