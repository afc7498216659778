"""The forms for scores, and for agreeing a score."""

from typing import Unpack

from django.forms import BoundField

from bids.domain import criteria
from bids.models import Assessment, Bid, Criterion
from innovation.web import forms

NOT_APPLICABLE = "n/a"


class ScoresForm(forms.Form):
    """A score and a reason for each criterion. Both are required only to finish."""

    def __init__(
        self,
        *args: forms.Sent,
        assessment: Assessment,
        **kwargs: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria.in_order(assessment.bid.round)
        for criterion in self.criteria:
            self.fields[f"value_{criterion.pk}"] = forms.ChoiceField(
                [*score_choices(criterion), (NOT_APPLICABLE, "Not applicable")],
                label=f"{criterion.name}: score",
                help_text=_criterion_hint(criterion),
                required=False,
                inline=True,
            )
            self.fields[f"justification_{criterion.pk}"] = forms.LongTextField(
                label=f"{criterion.name}: why", rows=3, required=False
            )
        forms.hide_optional_marker(*self.fields.values())

    def clean(self) -> dict[str, object]:
        for criterion in self.criteria:
            value = self.cleaned_data.get(f"value_{criterion.pk}")
            justification = self.cleaned_data.get(f"justification_{criterion.pk}")
            if value and not justification:
                self.add_error(
                    f"justification_{criterion.pk}",
                    f"Enter why you gave “{criterion.name}” this score",
                )
        return self.cleaned_data

    def blocks(self) -> list[tuple[Criterion, BoundField, BoundField]]:
        """Each criterion with its score and its reason."""
        return [
            (row, self[f"value_{row.pk}"], self[f"justification_{row.pk}"])
            for row in self.criteria
        ]

    @property
    def total_weight(self) -> int:
        return sum(criterion.weight for criterion in self.criteria)

    def scores(self) -> dict[int, tuple[int | None, str]]:
        """The scores that were given, by the criterion's id. The value is `None` if the
        criterion does not apply.
        """
        scores: dict[int, tuple[int | None, str]] = {}
        for criterion in self.criteria:
            value = self.cleaned_data[f"value_{criterion.pk}"]
            if value:
                score = None if value == NOT_APPLICABLE else int(value)
                justification = self.cleaned_data[f"justification_{criterion.pk}"]
                scores[criterion.pk] = (score, justification)
        return scores


class ModerateForm(forms.Form):
    criterion = forms.ObjectField(
        label="Which criterion?", by="pk", missing="Select a criterion"
    )
    value = forms.WholeNumberField(label="Agreed score", missing="Enter a score")
    reason = forms.LongTextField(
        label="Why this score was agreed", missing="Enter why this score was agreed"
    )

    def __init__(
        self,
        *args: forms.Sent,
        bid: Bid,
        criteria: list[int],
        **kwargs: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **kwargs)
        rows = bid.round.criteria.filter(pk__in=criteria)
        forms.set_queryset(self.fields["criterion"], rows)


def _criterion_hint(criterion: Criterion) -> str:
    lowest, highest = criterion.min_score, criterion.max_score
    return f"{lowest} is the lowest score, {highest} the highest."


def score_choices(criterion: Criterion) -> list[tuple[str, str]]:
    values = range(criterion.min_score, criterion.max_score + 1)
    return [(str(value), str(value)) for value in values]
