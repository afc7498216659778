"""What an applicant enters to send or withdraw an expression or a bid."""

from innovation.web import forms


class SendForm(forms.Form):
    agreed = forms.TickField(
        label="The lead organisation agrees to send this",
        missing="Confirm that the lead organisation agrees to send this",
    )


class AuthoriserRequestForm(forms.Form):
    """Nothing to enter: a form so that what is missing can be said on the page."""


class WithdrawForm(forms.Form):
    because = forms.LongTextField(
        label="Why are you withdrawing?",
        help_text="What you learned may help others. You do not have to say.",
        required=False,
    )
