"""What either side writes to the other about a case."""

from bids.domain.messages import LONGEST
from innovation.web import forms


class MessageForm(forms.Form):
    text = forms.LongTextField(
        label="Your message", missing="Enter a message", max_length=LONGEST, rows=8
    )
