"""What either side writes to the other about a case."""

from django.forms import HiddenInput

from bids.domain.messages import MAX_LENGTH
from innovation.web import forms


class SettleForm(forms.Form):
    """`seen` is the key of the newest message that the page shows."""

    seen = forms.TextField(widget=HiddenInput, required=False)


class MessageForm(SettleForm):
    text = forms.LongTextField(
        label="Your message", missing="Enter a message", max_length=MAX_LENGTH, rows=8
    )
