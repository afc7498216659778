"""Forms for monitoring reports."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Unpack

from django import forms as django_forms
from django.core.validators import DecimalValidator

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

    progress = forms.LongTextField(
        label="How is the project going?", missing="Enter how the project is going"
    )
    spent = forms.MoneyField(
        label="How much of the whole grant have you spent so far?",
        help_text="In pounds, since the grant started. Enter 0 if you have spent "
        "nothing yet",
        missing="Enter how much of the whole grant you have spent so far",
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


def _outcome_field(number: int, outcome: MeasuredOutcome) -> django_forms.Field:
    """Each error names the row and says what to enter."""
    row = f"Outcome {number}"
    field = django_forms.DecimalField(
        label=f"{row}: {outcome.description}",
        help_text=outcome.hint,
        required=False,
        max_digits=12,
        decimal_places=2,
        widget=django_forms.TextInput(
            attrs={"class": "govuk-input--width-10", "inputmode": "decimal"}
        ),
    )
    number_text = f"{row}: enter a number, like 25 or 12.5"
    short_text = (
        f"{row}: enter a number of at most 10 digits, with at most 2 after the point"
    )
    field.error_messages["invalid"] = number_text
    for validator in field.validators:
        if isinstance(validator, DecimalValidator):
            validator.messages = dict.fromkeys(validator.messages, short_text)
    return field
