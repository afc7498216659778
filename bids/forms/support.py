"""What help an idea needs besides money, and the rules that stand in its way."""

from typing import Any

from bids.domain.facts import Case
from bids.forms.section import SectionForm
from bids.models import Expression
from bids.models.expression import SupportKind
from innovation.web import forms

_DETAILED = (SupportKind.BROKERING, SupportKind.EVALUATION, SupportKind.OTHER)


class SupportForm(SectionForm):
    def build(self) -> None:
        self.barriers = _barriers(self.case, self.data)
        reveals = {kind.value: [f"detail_{kind.value}"] for kind in _DETAILED}
        reveals[SupportKind.BARRIER.value] = [
            f"{part}_{number}"
            for number in range(1, self.barriers + 1)
            for part in ("law_or_rule", "what_it_stops")
        ]
        self.fields["kinds"] = forms.MultipleChoiceField(
            SupportKind,
            label="What support do you need?",
            required=False,
            reveals=reveals,
        )
        for kind in _DETAILED:
            self.fields[f"detail_{kind.value}"] = forms.LongTextField(
                label="Tell us more", rows=3, required=False
            )
        for number in range(1, self.barriers + 1):
            self.fields[f"law_or_rule_{number}"] = forms.TextField(
                label=f"Law or rule {number}", required=False
            )
            self.fields[f"what_it_stops_{number}"] = forms.LongTextField(
                label=f"What law or rule {number} stops", rows=2, required=False
            )

    @classmethod
    def initial_of(cls, case: Case) -> dict[str, Any]:
        assert isinstance(case, Expression)
        needs = list(case.support.all())
        found: dict[str, Any] = {"kinds": [need.kind for need in needs]}
        found |= {f"detail_{need.kind}": need.detail for need in needs}
        for number, barrier in enumerate(case.barriers.order_by("pk"), start=1):
            found[f"law_or_rule_{number}"] = barrier.law_or_rule
            found[f"what_it_stops_{number}"] = barrier.what_it_stops
        return found

    def clean(self) -> dict[str, Any]:
        for number in range(1, self.barriers + 1):
            law, stops = (f"law_or_rule_{number}", f"what_it_stops_{number}")
            if bool(self.cleaned_data.get(law)) != bool(self.cleaned_data.get(stops)):
                empty = stops if self.cleaned_data.get(law) else law
                self.add_error(empty, "Enter both the law or rule and what it stops")
        return self.cleaned_data

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        kinds = said["kinds"]
        rows = [
            {
                "law_or_rule": said[f"law_or_rule_{number}"],
                "what_it_stops": said[f"what_it_stops_{number}"],
            }
            for number in range(1, self.barriers + 1)
            if said.get(f"law_or_rule_{number}")
        ]
        return {
            "support": [
                {"kind": kind, "detail": said.get(f"detail_{kind}") or ""}
                for kind in kinds
            ],
            "barriers": rows if SupportKind.BARRIER in kinds else [],
        }


def _barriers(case: Case, posted: Any) -> int:
    """How many pairs of fields: those posted, or one more than there are."""
    numbers = [
        int(name.rpartition("_")[2])
        for name in posted
        if name.startswith("law_or_rule_") and name.rpartition("_")[2].isdecimal()
    ]
    if numbers:
        return min(max(numbers), 20)
    return case.barriers.count() + 1 if isinstance(case, Expression) else 1
