"""Scores, each with its reason."""

from typing import Unpack

from bids.models import Assessment, Bid, Criterion
from innovation.web import forms

NOT_APPLICABLE = "n/a"


class ScoresForm(forms.Form):
    """A score and a reason for each criterion; either may wait until finishing."""

    def __init__(
        self,
        *args: forms.Sent,
        assessment: Assessment,
        **kwargs: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = list(assessment.bid.round.criteria.all())
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
            words = self.cleaned_data.get(f"justification_{criterion.pk}")
            if value and not words:
                self.add_error(
                    f"justification_{criterion.pk}",
                    f"Enter why you gave “{criterion.name}” this score",
                )
        return self.cleaned_data

    def scores(self) -> dict[int, tuple[int | None, str]]:
        """By criterion; only those given. None is “not applicable”."""
        found: dict[int, tuple[int | None, str]] = {}
        for criterion in self.criteria:
            value = self.cleaned_data[f"value_{criterion.pk}"]
            if value:
                score = None if value == NOT_APPLICABLE else int(value)
                words = self.cleaned_data[f"justification_{criterion.pk}"]
                found[criterion.pk] = (score, words)
        return found


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
        offered = bid.round.criteria.filter(pk__in=criteria)
        forms.set_queryset(self.fields["criterion"], offered)


def _criterion_hint(criterion: Criterion) -> str:
    ends = f"{criterion.score_least} is the lowest score, {criterion.score_most} the"
    return f"{criterion.description} {ends} highest.".strip()


def score_choices(criterion: Criterion) -> list[tuple[str, str]]:
    values = range(criterion.score_least, criterion.score_most + 1)
    return [(str(value), str(value)) for value in values]
