"""What is recorded of a Board member's interest."""

from datetime import date
from typing import Unpack

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from bids.models import Bid
from funding.models.interest import Mitigation
from innovation.core import clock
from innovation.web import forms


class OwnInterestForm(forms.Form):
    nature = forms.LongTextField(
        label="What is your interest?", missing="Enter what your interest is"
    )


class RecordInterestForm(forms.Form):
    bid = forms.ObjectField(label="Bid", missing="Select a bid", select=True)
    member = forms.ChoiceField((), label="Member", missing="Select a member")
    nature = forms.LongTextField(label="The interest")
    mitigation = forms.ChoiceField(
        Mitigation, label="What was agreed", missing="Select what was agreed"
    )
    agreed_by = forms.ChoiceField(
        (), label="Agreed by", missing="Select who agreed it", select=True
    )
    agreed_on = forms.DateField(label="Agreed on", missing="Enter when it was agreed")

    def __init__(
        self,
        *args: forms.Sent,
        bids: QuerySet[Bid],
        people: forms.Options,
        agreed_by_options: forms.Options,
        **more: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **more)
        forms.set_queryset(self.fields["bid"], bids)
        forms.set_choices(self.fields["member"], people)
        forms.set_choices(self.fields["agreed_by"], agreed_by_options)

    def clean_agreed_on(self) -> date:
        day: date = self.cleaned_data["agreed_on"]
        if day > clock.london_day(clock.now()):
            raise ValidationError("Enter today or an earlier day")
        return day


class AgreeInterestForm(forms.Form):
    mitigation = forms.ChoiceField(
        Mitigation, label="What was agreed", missing="Select what was agreed"
    )
