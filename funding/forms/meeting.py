"""Forms of the Board secretary about meetings."""

from datetime import datetime, time
from typing import Unpack

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from bids.models import Bid
from innovation.core.clock import LONDON
from innovation.web import forms


class PlanForm(forms.Form):
    title = forms.TextField(
        label="Title",
        help_text="Everybody you invite will read it, so do not name a case. For "
        "example, March 2015 meeting",
        missing="Enter a title",
    )
    day = forms.DateField(label="Date", missing="Enter the date of the meeting")
    begins = forms.TextField(
        label="Time",
        help_text="For example, 14:30",
        width="govuk-input--width-5",
        missing="Enter the time the meeting begins",
    )
    quorum = forms.WholeNumberField(
        label="Quorum",
        help_text="How many members without an interest must sit on a bid",
        missing="Enter the quorum",
        initial=3,
        min_value=1,
    )
    members = forms.MultipleChoiceField((), label="Members to invite", required=False)

    def __init__(
        self,
        *args: forms.Sent,
        people: forms.Options,
        **options: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **options)
        forms.set_choices(self.fields["members"], people)
        forms.hide_optional_marker(*self.fields.values())

    def clean_begins(self) -> time:
        try:
            return time.fromisoformat(self.cleaned_data["begins"].strip())
        except ValueError:
            raise ValidationError("Enter a time, like 14:30") from None

    def starts_at(self) -> datetime:
        day, begins = self.cleaned_data["day"], self.cleaned_data["begins"]
        return datetime.combine(day, begins, LONDON)


class PeopleForm(forms.Form):
    """A choice of several people."""

    people = forms.MultipleChoiceField((), label="Members", missing="Select members")

    def __init__(
        self,
        *args: forms.Sent,
        people: forms.Options,
        label: str,
        **options: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **options)
        forms.set_choices(self.fields["people"], people)
        self.fields["people"].label = label


class ListBidForm(forms.Form):
    bid = forms.ObjectField(label="Bid", missing="Select a bid")
    paper = forms.LongTextField(
        label="Paper",
        help_text="The department’s advice to the Board",
        missing="Enter the paper",
        rows=10,
    )

    def __init__(
        self,
        *args: forms.Sent,
        bids: QuerySet[Bid],
        **options: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **options)
        forms.set_queryset(self.fields["bid"], bids)


class MinutesForm(forms.Form):
    minutes = forms.LongTextField(
        label="Minutes",
        missing="Enter the minutes",
        help_text="Recommendations are kept with each bid",
        rows=12,
    )
