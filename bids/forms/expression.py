"""The forms for starting an expression of interest, and for merging it."""

from datetime import datetime
from typing import Unpack

from django.core.exceptions import ValidationError

from bids import policies
from bids.domain import lateness
from bids.models import Expression
from innovation.accounts.models import User
from innovation.core import keys
from innovation.web import forms


class MergeForm(forms.Form):
    into = forms.TextField(
        label="Reference of the expression of interest to merge it into",
        help_text="For example, EOI-7K3M2-9QXTR",
        missing="Enter a reference",
        width="govuk-input--width-20",
    )

    def __init__(
        self, *args: forms.Sent, user: User, **kwargs: Unpack[forms.FormOptions]
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_into(self) -> Expression:
        key = keys.normalise(self.cleaned_data["into"])
        expression = policies.cases_for(self.user).filter(key=key).first()
        if expression is None:
            raise ValidationError("No expression of interest has this reference")
        return expression


class StartAgainForm(forms.Form):
    round = forms.ObjectField(
        label="Which funding round are you applying to?", missing="Select a round"
    )

    def __init__(
        self,
        *args: forms.Sent,
        user: User,
        at: datetime,
        **kwargs: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **kwargs)
        forms.set_queryset(self.fields["round"], lateness.rounds_open_to(user, at))


class StartForm(StartAgainForm):
    lead = forms.ObjectField(
        label="Which organisation will lead the work?", missing="Select an organisation"
    )
    title = forms.TextField(
        label="What is the idea called?",
        help_text="You can change this later",
        missing="Enter what the idea is called",
    )

    def __init__(
        self,
        *args: forms.Sent,
        user: User,
        at: datetime,
        **kwargs: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, user=user, at=at, **kwargs)
        forms.set_queryset(self.fields["lead"], policies.leads_for(user))
