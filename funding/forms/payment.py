"""Forms for instalments and payments."""

from typing import Unpack

from django.core.exceptions import ValidationError

from funding.domain.payments import Instalment
from funding.states import PaymentState
from funding.wording import PAYMENT_TAGS
from innovation.web import forms

DEFAULT_LINES = 6


class PlanForm(forms.Form):
    """A line for each instalment; empty lines are ignored."""

    def __init__(
        self,
        *args: forms.Sent,
        lines: int = DEFAULT_LINES,
        **options: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **options)
        self.lines = lines
        for number in range(1, lines + 1):
            self.fields[f"due_{number}"] = forms.DateField(
                label=f"Instalment {number}: due on", required=False
            )
            self.fields[f"amount_{number}"] = forms.MoneyField(
                label=f"Instalment {number}: amount", required=False
            )
        forms.hide_optional_marker(*self.fields.values())

    def clean(self) -> dict[str, object] | None:
        for number in range(1, self.lines + 1):
            due, amount = (
                self.cleaned_data.get(f"{name}_{number}") for name in ("due", "amount")
            )
            if (due is None) != (amount is None) and not self.errors:
                empty_field = "due" if due is None else "amount"
                self.add_error(
                    f"{empty_field}_{number}",
                    ValidationError(
                        f"Enter both the date and the amount of instalment {number}"
                    ),
                )
        return self.cleaned_data

    def instalments(self) -> list[Instalment]:
        pairs = [
            (self.cleaned_data[f"amount_{n}"], self.cleaned_data[f"due_{n}"])
            for n in range(1, self.lines + 1)
        ]
        return [Instalment(amount, due) for amount, due in pairs if amount and due]


class RefuseForm(forms.Form):
    reason = forms.LongTextField(
        label="Why are you sending it back?",
        help_text="The recipient will read this",
        missing="Enter why you are sending it back",
    )


class RecoverForm(forms.Form):
    reason = forms.LongTextField(
        label="Why was it returned?", missing="Enter why it was returned"
    )


class ReconcileForm(forms.Form):
    bank_reference = forms.TextField(
        label="Bank reference",
        missing="Enter the bank reference",
        help_text="As it is on the statement",
        max_length=60,
        width="govuk-input--width-20",
    )


class PaymentsFilter(forms.FilterForm):
    """Without a state, it shows payments that finance has to release."""

    state = forms.ChoiceField([], label="State", required=False, select=True)

    def __init__(self, *args: forms.Sent, **options: Unpack[forms.FormOptions]) -> None:
        super().__init__(*args, **options)
        states = {str(state): words for state, (words, _) in PAYMENT_TAGS.items()}
        requested = states.pop(PaymentState.REQUESTED)
        choices = [*states.items(), ("all", "All")]
        forms.set_choices(self.fields["state"], choices, nothing=requested)
        forms.hide_optional_marker(*self.fields.values())
