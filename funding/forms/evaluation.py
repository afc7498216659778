"""Forms for evaluators and published reports."""

from typing import Unpack

from django.db.models import QuerySet
from django.forms import Field

from funding.domain.evaluations import FindingDetails
from funding.models.evaluation import Direction, Strength
from innovation.organisations.models import Organisation
from innovation.web import forms

FINDING_COUNT = 3


class EvaluatorForm(forms.Form):
    evaluator = forms.ObjectField(
        label="Who evaluates the project?",
        help_text="It cannot be the organisation or a partner that delivers it",
        missing="Select who evaluates the project",
        select=True,
    )

    def __init__(
        self,
        *args: forms.Sent,
        organisations: QuerySet[Organisation],
        **options: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **options)
        forms.set_queryset(self.fields["evaluator"], organisations)


class PublishForm(forms.Form):
    title = forms.TextField(
        label="Title of the report", missing="Enter the title of the report"
    )
    published_on = forms.DateField(
        label="Published on", missing="Enter the day it was published"
    )
    authors = forms.TextField(label="Authors", required=False, max_length=300)
    source = forms.TextField(
        label="Where can it be read?", missing="Enter where it can be read"
    )

    def __init__(self, *args: forms.Sent, **options: Unpack[forms.FormOptions]) -> None:
        super().__init__(*args, **options)
        for number in range(1, FINDING_COUNT + 1):
            self.fields.update(_finding_fields(number))

    def findings(self) -> list[FindingDetails]:
        """The findings that have an outcome."""
        findings = [
            {name: self.cleaned_data[f"{name}_{number}"] for name in _FINDING_FIELDS}
            for number in range(1, FINDING_COUNT + 1)
        ]
        return [FindingDetails(**finding) for finding in findings if finding["outcome"]]

    def clean(self) -> dict[str, object] | None:
        for number in range(1, FINDING_COUNT + 1):
            if not self.cleaned_data.get(f"outcome_{number}"):
                continue
            for name in ("direction", "strength"):
                if not self.cleaned_data.get(f"{name}_{number}"):
                    self.add_error(f"{name}_{number}", f"Select the {name}")
        return self.cleaned_data


_FINDING_FIELDS = ("outcome", "direction", "strength", "cost")


def _finding_fields(number: int) -> dict[str, Field]:
    label = f"Finding {number}"
    return {
        f"outcome_{number}": forms.TextField(label=f"{label}: outcome", required=False),
        f"direction_{number}": forms.ChoiceField(
            Direction, label=f"{label}: direction", required=False, select=True
        ),
        f"strength_{number}": forms.ChoiceField(
            Strength, label=f"{label}: strength", required=False, select=True
        ),
        f"cost_{number}": forms.TextField(label=f"{label}: cost", required=False),
    }
