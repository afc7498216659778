"""The form of a claim."""

from funding.forms.grant_draft import GrantDraftForm
from innovation.web import forms


class ClaimForm(GrantDraftForm):
    spent = forms.MoneyField(
        label="How much of the whole grant have you spent so far?",
        help_text="In pounds, since the grant started. Enter 0 if you have spent "
        "nothing yet",
        missing="Enter how much of the whole grant you have spent so far",
    )
    note = forms.LongTextField(
        label="What is this payment for?",
        help_text="If finance needs to know more than the plan of payments says",
        required=False,
    )
