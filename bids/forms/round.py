"""The forms for editing a round."""

from collections.abc import Collection
from datetime import time
from typing import Unpack

from bids.models import Criterion, DueDiligenceArea, Round, Strand
from bids.models.round import (
    DEFAULT_ASSESSMENTS,
    DEFAULT_WIDE_SPREAD,
    MAX_ASSESSMENTS,
    MAX_SCORE,
    Route,
)
from innovation.registers.models import Programme
from innovation.web import forms
from innovation.web.forms.datetime_fields import TIME_HINT, DateTimeFieldsMixin

FIELDS_BY_FACT = {
    "route": ("route",),
    "opens_at": ("opens_at", "opens_time"),
    "closes_at": ("closes_at", "closes_time"),
    "assessments_needed": ("assessments_needed",),
    "wide_spread": ("wide_spread",),
}
"""The fields of facts that can be fixed or have two fields."""


class RoundForm(DateTimeFieldsMixin, forms.Form):
    """`fixed` are the facts that can no longer change. Their fields are only read if an
    older page has sent them.
    """

    moments = {"opens_at": "opens_time", "closes_at": "closes_time"}

    name = forms.TextField(label="Name", max_length=120, missing="Enter a name")
    summary = forms.LongTextField(label="What is it for?", required=False)
    route = forms.ChoiceField(Route, label="Route", missing="Select a route")
    opens_at = forms.DateField(label="On which day does it open?", required=False)
    opens_time = forms.TimeField(
        label="At what time does it open?",
        help_text=TIME_HINT,
        required=False,
        initial=time(0),
    )
    closes_at = forms.DateField(
        label="On which day does it close?",
        help_text="Leave it empty if it stays open",
        required=False,
    )
    closes_time = forms.TimeField(
        label="At what time does it close?",
        help_text=TIME_HINT,
        required=False,
        initial=time(17),
    )
    replies_by = forms.DateField(
        label="When will applicants hear by?",
        help_text="They read this once they have sent their form",
        required=False,
    )
    min_award = forms.MoneyField(label="Smallest award", required=False)
    max_award = forms.MoneyField(label="Largest award", required=False)
    assessments_needed = forms.WholeNumberField(
        label="How many people assess each bid?",
        help_text=f"If you leave this empty, it is {DEFAULT_ASSESSMENTS}. You cannot "
        "change it once the round has a case. Seed grants are not assessed.",
        min_value=1,
        max_value=MAX_ASSESSMENTS,
        required=False,
    )

    due_diligence = forms.MultipleChoiceField(
        DueDiligenceArea.choices,
        label="What must be looked into before a grant is offered?",
        help_text="Grants of the round that were offered already are not affected",
        required=False,
    )
    wide_spread = forms.WholeNumberField(
        label="How many points apart must scores be moderated?",
        help_text="From the lowest to the highest score on a criterion. If you leave "
        f"this empty, it is {DEFAULT_WIDE_SPREAD}. You cannot change it once somebody "
        "has scored a bid.",
        min_value=1,
        max_value=MAX_SCORE,
        required=False,
    )

    def __init__(
        self,
        *args: forms.Sent,
        fixed: Collection[str] = (),
        **kwargs: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in [name for fact in fixed for name in FIELDS_BY_FACT[fact]]:
            field = self.fields[name]
            omitted = field.widget.value_omitted_from_data
            if not self.is_bound or omitted(self.data, self.files, name):
                del self.fields[name]
        forms.hide_optional_marker(
            *(
                self.fields[name]
                for name in self.moments.values()
                if name in self.fields
            )
        )

    def facts(self, changed: Collection[str] | None = None) -> dict[str, object]:
        """The facts of these fields, or all facts."""
        facts = {
            name: value
            for name, value in self.cleaned_data.items()
            if name in _PLAIN_FIELDS and (changed is None or name in changed)
        }
        facts |= self.moment_values(changed)
        for name in ("assessments_needed", "wide_spread"):
            if facts.get(name, 0) is None:
                del facts[name]
        return facts

    @staticmethod
    def initial_values(round: Round) -> dict[str, object]:
        values = {name: getattr(round, name) for name in _PLAIN_FIELDS}
        return values | RoundForm.initial_moments(round)

    @staticmethod
    def group_title(name: str) -> str:
        return _FIELD_GROUPS.get(name, "")


_PLAIN_FIELDS = (
    *("name", "summary", "route", "replies_by"),
    *("min_award", "max_award", "assessments_needed", "wide_spread"),
    "due_diligence",
)
_FIELD_GROUPS = {
    "opens_at": "When it opens",
    "opens_time": "When it opens",
    "closes_at": "When it closes",
    "closes_time": "When it closes",
}


class NewRoundForm(RoundForm):
    programme = forms.ObjectField(
        Programme.objects.order_by("name", "pk"),
        label="Programme",
        by="key",
        missing="Select a programme",
    )
    field_order = ["programme"]

    def __init__(self, *args: forms.Sent, **kwargs: Unpack[forms.FormOptions]) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_diligence"].initial = DueDiligenceArea.values


class PublishForm(forms.Form):
    """A form without fields, so that the page can show errors."""


class StrandForm(forms.Form):
    name = forms.TextField(label="Name", max_length=120, missing="Enter a name")


class CriterionForm(forms.Form):
    name = forms.TextField(label="Name", max_length=120, missing="Enter a name")
    description = forms.LongTextField(
        label="What it looks at",
        help_text="Everybody can read this on the page of the round",
        required=False,
    )
    guidance = forms.LongTextField(
        label="How to score it",
        help_text="Assessors read this beside the score, such as what earns the "
        "lowest and the highest score",
        required=False,
    )
    weight = forms.WholeNumberField(
        label="Weight", missing="Enter a weight", min_value=1, max_value=100
    )
    min_score = forms.WholeNumberField(
        label="Lowest score",
        missing="Enter the lowest score",
        min_value=0,
        max_value=100,
    )
    max_score = forms.WholeNumberField(
        label="Highest score",
        missing="Enter the highest score",
        min_value=1,
        max_value=MAX_SCORE,
    )


class ChangeCriterionForm(CriterionForm):
    """Once the criteria are used, name and scale stay, and a reason is needed."""

    reason = forms.LongTextField(
        label="Why are you changing it?",
        help_text="Everybody can read this on the page of the round",
        missing="Enter why you are changing this criterion",
        max_length=2_000,
    )

    def __init__(
        self, *args: forms.Sent, is_used: bool, **kwargs: Unpack[forms.FormOptions]
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "min_score", "max_score") if is_used else ("reason",):
            del self.fields[name]

    @staticmethod
    def initial_values(criterion: Criterion) -> dict[str, object]:
        names = ("name", "description", "guidance", "weight", "min_score", "max_score")
        return {name: getattr(criterion, name) for name in names} | {"reason": ""}


class EnvelopeForm(forms.Form):
    strand = forms.ObjectField(
        label="Strand",
        help_text="Leave empty for the whole round",
        by="pk",
        select=True,
        required=False,
    )
    financial_year = forms.WholeNumberField(
        label="Financial year",
        missing="Enter a financial year",
        help_text="The year in which it begins: 2014 is April 2014 to March 2015",
        min_value=2010,
        max_value=2100,
    )
    amount = forms.MoneyField(label="Amount")

    def __init__(
        self, *args: forms.Sent, round: Round, **kwargs: Unpack[forms.FormOptions]
    ) -> None:
        super().__init__(*args, **kwargs)
        forms.set_queryset(self.fields["strand"], Strand.objects.filter(round=round))
