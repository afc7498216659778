"""One question of whether somebody may apply."""

from typing import Any

from bids.domain.eligibility import Question
from innovation.web import forms


class OneQuestion(forms.Form):
    """Bound once the question was asked; its answer stays in the address."""

    def __init__(self, *args: Any, question: Question, **options: Any) -> None:
        super().__init__(*args, **options)
        asked = forms.ChoiceField(
            question.choices,
            label=question.wording,
            help_text=question.hint,
            missing=question.missing,
        )
        asked.is_page_heading = True  # type: ignore[attr-defined]  # read when drawn
        asked.label_size = "l"  # type: ignore[attr-defined]  # read when drawn
        self.fields[question.code] = asked
