"""The form of a claim."""

from funding.forms.grant_draft import GrantDraftForm
from innovation.web import forms


class ClaimForm(GrantDraftForm):
    note = forms.LongTextField(
        label="What is this payment for?",
        help_text="Anything that finance needs to know and the payment plan does not "
        "say",
        required=False,
    )
