"""The forms for assigning, finishing and reopening assessments."""

from typing import Unpack

from bids import policies
from bids.models import Bid
from innovation.accounts.models import User
from innovation.web import forms


class AssessorForm(forms.Form):
    assessor = forms.ObjectField(
        label="Who will assess it?",
        help_text="Officials, and coaches who look after the case. You cannot select "
        "yourself, or anybody who belongs to its organisations, has declared an "
        "interest or is assessing it already.",
        select=True,
        missing="Select a person",
    )

    def __init__(
        self, *args: forms.Sent, bid: Bid, by: User, **kwargs: Unpack[forms.FormOptions]
    ) -> None:
        super().__init__(*args, **kwargs)
        assessors = policies.assessors_for(bid).exclude(pk=by.pk)
        unassigned = assessors.exclude(assessments__bid=bid)
        forms.set_queryset(self.fields["assessor"], unassigned.order_by("name", "pk"))


class ReopenForm(forms.Form):
    reason = forms.LongTextField(
        label="Why are you reopening the assessment?",
        help_text="The people who assessed the bid will read this",
        missing="Enter why you are reopening the assessment",
        max_length=2_000,
    )


class FinishForm(forms.Form):
    sure = forms.TickField(
        label="These are my scores", missing="Confirm that these are your scores"
    )
