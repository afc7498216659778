"""The form for signing off an expression or a bid."""

from innovation.web import forms


class SignForm(forms.Form):
    agreed = forms.TickField(
        label="I have read this application, I have the authority to sign it for the "
        "lead organisation, and it is true as far as we know",
        missing="Confirm that you have read it and sign for the lead organisation",
    )
