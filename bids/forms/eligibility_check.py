"""The forms for eligibility checks: of a round, and on a case."""

from collections.abc import Mapping, Sequence
from typing import Unpack

from django.forms import BoundField

from bids.domain.eligibility_checks import Finding
from bids.models import CheckOutcome, EligibilityCheck
from innovation.core import limits
from innovation.web import forms


class EligibilityCheckForm(forms.Form):
    wording = forms.TextField(
        label="What is checked?",
        help_text="A statement that is met or not, like “The work happens in England”",
        missing="Enter what is checked",
    )
    guidance = forms.LongTextField(
        label="How to check it",
        help_text="Officials read this beside the check",
        required=False,
    )
    position = forms.WholeNumberField(
        label="Place in the list",
        missing="Enter its place in the list",
        min_value=1,
        max_value=99,
    )


class ChangeEligibilityCheckForm(EligibilityCheckForm):
    """Once a case was checked only the place changes."""

    def __init__(
        self, *args: forms.Sent, is_used: bool, **kwargs: Unpack[forms.FormOptions]
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in ("wording", "guidance") if is_used else ():
            del self.fields[name]

    @staticmethod
    def initial_values(check: EligibilityCheck) -> dict[str, object]:
        return {name: getattr(check, name) for name in EligibilityCheckForm.base_fields}


class EndEligibilityCheckForm(forms.Form):
    reason = forms.LongTextField(
        label="Why does this check end?",
        missing="Enter why this check ends",
        max_length=limits.COMMENT,
    )


class CheckResultsForm(forms.Form):
    """An outcome and a note for each of these checks. What is left empty stays to be
    recorded.
    """

    def __init__(
        self,
        *args: forms.Sent,
        checks: Sequence[EligibilityCheck],
        **kwargs: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **kwargs)
        self.checks = checks
        for check in checks:
            self.fields[f"outcome_{check.pk}"] = forms.ChoiceField(
                CheckOutcome,
                label=check.wording,
                help_text=check.guidance,
                required=False,
                inline=True,
            )
            self.fields[f"note_{check.pk}"] = _note_field(f"Note on “{check.wording}”")
        forms.hide_optional_marker(*self.fields.values())

    def clean(self) -> dict[str, object]:
        values = self.cleaned_data
        for check in self.checks:
            outcome, note = values.get(f"outcome_{check.pk}"), f"note_{check.pk}"
            _require_note(self, outcome, note, check)
            if values.get(note) and not outcome:
                self.add_error(
                    f"outcome_{check.pk}", f"Select what you found of “{check.wording}”"
                )
        return values

    def blocks(self) -> list[tuple[BoundField, BoundField]]:
        return [
            (self[f"outcome_{check.pk}"], self[f"note_{check.pk}"])
            for check in self.checks
        ]

    def findings(self) -> Mapping[int, Finding]:
        values = self.cleaned_data
        return {
            check.pk: Finding(values[f"outcome_{check.pk}"], values[f"note_{check.pk}"])
            for check in self.checks
            if values[f"outcome_{check.pk}"]
        }


class CorrectResultForm(forms.Form):
    outcome = forms.ChoiceField(
        CheckOutcome, label="What did you find?", missing="Select what you found"
    )
    note = forms.LongTextField(
        label="Note",
        help_text="Needed unless it is met",
        max_length=limits.COMMENT,
        rows=3,
        required=False,
    )
    reason = forms.LongTextField(
        label="Why are you correcting it?",
        help_text="The earlier record stays, with this reason",
        missing="Enter why you are correcting it",
        max_length=limits.COMMENT,
        rows=3,
    )

    def __init__(
        self,
        *args: forms.Sent,
        check: EligibilityCheck,
        **kwargs: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **kwargs)
        self.check = check
        forms.hide_optional_marker(self.fields["note"])

    def clean(self) -> dict[str, object]:
        _require_note(self, self.cleaned_data.get("outcome"), "note", self.check)
        return self.cleaned_data


def _note_field(label: str) -> forms.LongTextField:
    return forms.LongTextField(
        label=label,
        help_text="Needed unless it is met",
        max_length=limits.COMMENT,
        rows=2,
        required=False,
    )


def _require_note(
    form: forms.Form, outcome: object, field: str, check: EligibilityCheck
) -> None:
    is_needed = outcome and outcome != CheckOutcome.MET
    if is_needed and not form.has_error(field) and not form.cleaned_data.get(field):
        form.add_error(field, f"Enter a note on “{check.wording}”")
