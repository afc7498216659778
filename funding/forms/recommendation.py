"""The form for the Board's recommendation on a bid."""

from funding.forms.amounts import AmountsForm
from funding.models.recommendation import Outcome
from innovation.web import forms


class RecommendationForm(AmountsForm):
    leading_fields = ("outcome",)

    outcome = forms.ChoiceField(
        Outcome,
        label="What does the Board recommend?",
        missing="Select what the Board recommends",
    )
    reasons = forms.LongTextField(label="Reasons", missing="Enter the Board’s reasons")
    conditions = forms.LongTextField(
        label="Conditions",
        help_text="Needed if the Board recommends funding with conditions",
        required=False,
        rows=3,
    )
    dissent = forms.LongTextField(
        label="Dissent",
        help_text="What members who disagreed want the minister to read",
        required=False,
        rows=3,
    )


class DeferForm(forms.Form):
    reason = forms.LongTextField(
        label="Why is the Board deferring it?",
        missing="Enter why the Board is deferring it",
    )
