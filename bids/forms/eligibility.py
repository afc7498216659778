"""One question of whether somebody may apply."""

from typing import Unpack

from bids.domain.eligibility import EligibilityQuestion
from innovation.web import forms


class EligibilityQuestionForm(forms.Form):
    """Bound once the question was asked; its answer stays in the address."""

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
