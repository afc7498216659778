"""Forms of applicants besides the sections of a case."""

from datetime import datetime
from typing import Unpack

from bids import policies
from bids.domain import lateness
from innovation.accounts.models import User
from innovation.web import forms


class StartAgainForm(forms.Form):
    round = forms.ObjectField(label="In which round?", missing="Select a round")

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
        label="Which organisation leads?", missing="Select an organisation"
    )
    title = forms.TextField(
        label="What is the idea called?",
        help_text="You can change this later",
        missing="Enter a title",
    )

    def __init__(
        self,
        *args: forms.Sent,
        user: User,
        at: datetime,
        **kwargs: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, user=user, at=at, **kwargs)
        forms.set_queryset(self.fields["lead"], policies.organisations_of(user))


class SendForm(forms.Form):
    agreed = forms.TickField(
        label="The lead organisation agrees to send this",
        missing="Confirm that the lead organisation agrees to send this",
    )


class SignForm(forms.Form):
    agreed = forms.TickField(
        label="I have read it, I may sign for the lead organisation, and it is true as "
        "far as we know",
        missing="Confirm that you have read it and sign for the lead organisation",
    )


class AuthoriserRequestForm(forms.Form):
    """A form without fields, so that the page can show errors."""


class AnswerForm(forms.Form):
    answer = forms.LongTextField(
        label="Your answer", missing="Enter your answer", rows=8
    )


class WithdrawForm(forms.Form):
    because = forms.LongTextField(
        label="Why are you withdrawing?",
        help_text="What you learnt may help others. You need not say.",
        required=False,
    )
