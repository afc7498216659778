"""Forms for monitoring reports."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Unpack

from funding.domain.queries.grants import MeasuredOutcome
from funding.forms.grant_draft import GrantDraftForm
from funding.models import GrantFile
from innovation.web import forms


class AskReportForm(forms.Form):
    period = forms.TextField(
        label="Period",
        help_text="For example, April to June 2015",
        missing="Enter the period",
        max_length=60,
    )
    due_on = forms.DateField(label="Due on", missing="Enter the day it is due")


class HandInForm(GrantDraftForm):
    """A field for each outcome of the project, empty if it was not measured."""

    field_order = ["progress", "spent"]
    progress = forms.LongTextField(
        label="How is the project going?", missing="Enter how the project is going"
    )

    def __init__(
        self,
        *args: forms.Sent,
        outcomes: Sequence[MeasuredOutcome],
        files: Sequence[GrantFile],
        **options: Unpack[forms.FormOptions],
    ) -> None:
        self.outcomes = outcomes
        super().__init__(*args, files=files, **options)

    def add_fields(self) -> None:
        for number, outcome in enumerate(self.outcomes, start=1):
            self.fields[_name(outcome)] = _outcome_field(number, outcome)

    def actuals(self) -> dict[int, Decimal]:
        """The measured values by the outcome's id."""
        values = {one.pk: self.cleaned_data[_name(one)] for one in self.outcomes}
        return {pk: value for pk, value in values.items() if value is not None}


def _name(outcome: MeasuredOutcome) -> str:
    return f"outcome_{outcome.pk}"


def _outcome_field(number: int, outcome: MeasuredOutcome) -> forms.DecimalField:
    row = f"Outcome {number}"
    field = forms.DecimalField(
        label=f"{row}: {outcome.description}", help_text=outcome.hint, required=False
    )
    forms.name_errors(field, row)
    return field
