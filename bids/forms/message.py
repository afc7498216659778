"""The forms for messages about a case."""

from django.forms import HiddenInput

from bids.domain.messages import MAX_LENGTH
from innovation.web import forms


class SettleForm(forms.Form):
    """`seen` is the key of the newest message on the page."""

    seen = forms.TextField(widget=HiddenInput, required=False)


class MessageForm(SettleForm):
    text = forms.LongTextField(
        label="Your message", missing="Enter a message", max_length=MAX_LENGTH, rows=8
    )
