"""The forms for flags, and for taking a case forward."""

from typing import Unpack

from bids.models import Team
from innovation.core import limits
from innovation.web import forms


class FlagForm(forms.Form):
    team = forms.ChoiceField(
        Team, label="Which team has to look into it?", missing="Select a team"
    )
    reason = forms.LongTextField(
        label="Why are you raising this flag?",
        help_text="Everybody who works on the case reads it; the applicant does not",
        missing="Enter why you are raising this flag",
        max_length=limits.COMMENT,
    )


class ResolveFlagForm(forms.Form):
    resolution = forms.LongTextField(
        label="How was it resolved?",
        missing="Enter how it was resolved",
        max_length=limits.COMMENT,
    )


class TakeForwardForm(forms.Form):
    """Asks for a reason only if something stands against it."""

    despite = forms.LongTextField(
        label="Why do you take it forward all the same?",
        help_text="Everybody who works on the case reads it; the applicant does not",
        missing="Enter why you take it forward all the same",
        max_length=limits.COMMENT,
    )

    def __init__(
        self,
        *args: forms.Sent,
        has_concerns: bool,
        **kwargs: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **kwargs)
        if not has_concerns:
            del self.fields["despite"]
