"""The forms for sending and withdrawing an expression or a bid."""

from innovation.web import forms


class SendForm(forms.Form):
    agreed = forms.TickField(
        label="The lead organisation agrees to send this",
        missing="Confirm that the lead organisation agrees to send this",
    )


class AuthoriserRequestForm(forms.Form):
    """A form without fields, so that the page can show errors."""


class WithdrawForm(forms.Form):
    because = forms.LongTextField(
        label="Why are you withdrawing?",
        help_text="What you have learnt may help other applicants",
        required=False,
    )
