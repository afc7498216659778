"""The form for feedback to a declined applicant."""

from typing import Unpack

from bids.models import Bid, Expression
from innovation.web import forms


class FeedbackForm(forms.Form):
    """One text for each criterion of the round; `feedback()` gives them by its id.
    Without a case it asks nothing.
    """

    def __init__(
        self,
        *args: forms.Sent,
        case: Expression | Bid | None,
        **kwargs: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **kwargs)
        for criterion in case.round.criteria.all() if case else ():
            self.fields[f"criterion_{criterion.pk}"] = forms.LongTextField(
                label=f"Feedback on “{criterion.name}”",
                help_text=criterion.description,
                missing=f"Enter feedback on “{criterion.name}”",
            )

    def feedback(self) -> dict[int, str]:
        return {
            int(name.removeprefix("criterion_")): text
            for name, text in self.cleaned_data.items()
            if name.startswith("criterion_")
        }
