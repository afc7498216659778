"""Forms for monitoring reports."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Unpack

from django import forms as django_forms

from bids.models import Outcome
from innovation.web import forms


class AskReportForm(forms.Form):
    period = forms.TextField(
        label="Period",
        help_text="For example, April to June 2015",
        missing="Enter the period",
        max_length=60,
    )
    due_on = forms.DateField(label="Due on", missing="Enter the day it is due")


class HandInForm(forms.Form):
    """A field for each outcome of the project, empty if it was not measured."""

    progress = forms.LongTextField(
        label="How is the project going?", missing="Enter how the project is going"
    )

    def __init__(
        self,
        *args: forms.Sent,
        outcomes: Sequence[Outcome],
        **options: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **options)
        self.outcomes = outcomes
        for outcome in outcomes:
            self.fields[f"outcome_{outcome.pk}"] = django_forms.DecimalField(
                label=outcome.description,
                help_text=f"Measured as: {outcome.measure}",
                required=False,
                max_digits=12,
                decimal_places=2,
                widget=django_forms.TextInput(
                    attrs={"class": "govuk-input--width-10", "inputmode": "decimal"}
                ),
            )

    def actuals(self) -> dict[int, Decimal]:
        """The measured values by the outcome's id."""
        values = {o.pk: self.cleaned_data[f"outcome_{o.pk}"] for o in self.outcomes}
        return {pk: value for pk, value in values.items() if value is not None}
