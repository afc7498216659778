"""Forms for the steps of a grant, and the list's filters."""

from typing import Unpack

from django.db.models import QuerySet

from funding.domain.queries import awards
from funding.models import Award
from funding.wording import AWARD_TAGS
from innovation.web import forms


class ReasonForm(forms.Form):
    reason = forms.LongTextField(
        label="Reason",
        help_text="The recipient will read this",
        missing="Enter the reason",
    )


class OfferForm(forms.Form):
    reply_by = forms.DateField(
        label="When should they answer by?",
        help_text="They can answer until the end of that day, UK time. We remind them "
        "a week and a day before",
        missing="Enter the date to answer by",
    )
    conditions = forms.LongTextField(
        label="Conditions of this grant",
        help_text="These go in the offer letter, as well as the terms and conditions",
        required=False,
    )


class OfferDateForm(forms.Form):
    reply_by = forms.DateField(
        label="New date to answer by", missing="Enter the date to answer by"
    )


class AcceptOfferForm(forms.Form):
    """Asks for what the organisation agrees to."""

    agreed = forms.TickField(label="", missing="Confirm that you agree")

    def __init__(
        self, *args: forms.Sent, label: str, **options: Unpack[forms.FormOptions]
    ) -> None:
        super().__init__(*args, **options)
        self.fields["agreed"].label = label


class DeclineOfferForm(forms.Form):
    reason = forms.LongTextField(
        label="Why are you declining the offer?",
        help_text="The department will read this",
        missing="Enter why you are declining the offer",
    )


class LessonsForm(forms.Form):
    lessons = forms.LongTextField(
        label="What was learned?",
        help_text="We keep this so that others can learn from it",
        missing="Enter what was learned",
    )


class TerminateForm(ReasonForm):
    lessons = forms.LongTextField(
        label="What was learned?",
        help_text="Many projects stop early. We keep what was learned",
        required=False,
    )


class AnnounceForm(forms.Form):
    on = forms.DateField(
        label="When will the award be public?",
        help_text="A date in the future keeps it private until then",
        missing="Enter the day of the announcement",
    )


class AwardsFilter(forms.FilterForm):
    q = forms.TextField(label="Search", required=False)
    state = forms.ChoiceField(
        [(str(state), words) for state, (words, _) in AWARD_TAGS.items()],
        label="State",
        missing="Select a state from the list",
        required=False,
        select=True,
    )
    round = forms.ChoiceField(
        (),
        label="Round",
        missing="Select a round from the list",
        required=False,
        select=True,
    )
    announced = forms.ChoiceField(
        [("yes", "Announced"), ("no", "Not announced")],
        label="Announcement",
        required=False,
        select=True,
    )

    def __init__(
        self,
        *args: forms.Sent,
        visible_awards: QuerySet[Award] | None = None,
        **options: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **options)
        rows = Award.objects.none() if visible_awards is None else visible_awards
        forms.set_choices(self.fields["round"], awards.rounds(rows))
        forms.hide_optional_marker(*self.fields.values())
