"""The form for a Board member's view on a bid."""

from innovation.web import forms


class OpinionForm(forms.Form):
    text = forms.LongTextField(
        label="Your view", help_text="The Board secretary and members will read this"
    )
