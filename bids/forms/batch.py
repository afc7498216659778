"""The forms on which a step for several cases is confirmed."""

from typing import Unpack

from django.forms import HiddenInput

from bids.forms.feedback import FeedbackForm
from bids.models import Expression
from innovation.web import forms


class ShownCasesField(forms.TextField):
    """The keys of the cases that the page says are included. No others are, whatever
    has changed since.
    """

    def __init__(self) -> None:
        super().__init__(widget=HiddenInput, required=False, max_length=2_000)


class BatchForm(forms.Form):
    shown = ShownCasesField()


class BatchFeedbackForm(FeedbackForm):
    """The same feedback for all cases, which are of one round."""

    shown = ShownCasesField()


class FeedbackDraftForm(FeedbackForm):
    """A part can be prepared, and the rest later."""

    def __init__(
        self, *args: forms.Sent, case: Expression, **kwargs: Unpack[forms.FormOptions]
    ) -> None:
        super().__init__(*args, case=case, **kwargs)
        for field in self.fields.values():
            field.required = False
            forms.hide_optional_marker(field)
