"""Forms for the decision on a bid."""

from collections.abc import Iterable, Sequence
from typing import Unpack

from bids.models import Criterion
from funding.forms.amounts import AmountsForm
from innovation.web import forms


class ApproveForm(AmountsForm):
    """`has_advice`: whether there is a recommendation; seed grants have none."""

    reason = forms.LongTextField(
        label="Reason for departing from the Board’s advice or the largest award",
        help_text="Needed if the Board advised something else or other amounts, or if "
        "you approve more than the round’s largest award",
        required=False,
        rows=3,
    )
    overspend_reason = forms.LongTextField(
        label="Reason for overspending a budget",
        help_text="Needed if the budget of a year is not enough",
        required=False,
        rows=3,
    )

    def __init__(
        self,
        *args: forms.Sent,
        years: Iterable[int],
        has_advice: bool,
        **options: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, years=years, **options)
        if not has_advice:
            del self.fields["reason"]


class DeclineForm(forms.Form):
    """A text for each criterion of the round, as feedback. `has_advice` as in
    `ApproveForm`.
    """

    reason = forms.LongTextField(
        label="Reason for departing from the Board’s advice",
        help_text="Needed if the Board recommended funding. The applicant will not see "
        "it",
        required=False,
        rows=3,
    )

    def __init__(
        self,
        *args: forms.Sent,
        criteria: Sequence[Criterion],
        has_advice: bool,
        **options: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **options)
        if not has_advice:
            del self.fields["reason"]
        for criterion in criteria:
            self.fields[f"criterion_{criterion.pk}"] = forms.LongTextField(
                label=f"Feedback on “{criterion.name}”",
                missing=f"Enter feedback on “{criterion.name}”",
                rows=3,
            )
        self.criteria = criteria

    def feedback(self) -> dict[int, str]:
        """The texts by the criterion's id."""
        return {
            criterion.pk: self.cleaned_data[f"criterion_{criterion.pk}"]
            for criterion in self.criteria
        }
