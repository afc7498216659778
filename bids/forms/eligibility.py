"""The form of a question of the eligibility checker."""

from typing import Unpack

from bids.domain.eligibility import EligibilityQuestion
from innovation.web import forms


class EligibilityQuestionForm(forms.Form):
    """Bound if the question was asked; the answer is in the query string."""

    def __init__(
        self,
        *args: forms.Sent,
        question: EligibilityQuestion,
        **options: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **options)
        self.fields[question.code] = forms.ChoiceField(
            question.choices,
            label=question.wording,
            help_text=question.hint,
            missing=question.missing,
            page_heading=True,
        )
