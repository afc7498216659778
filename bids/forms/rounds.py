"""What an administrator enters about a round."""

from datetime import datetime, time
from typing import Any

from bids.models import Programme, Round, Strand
from bids.models.call import MOST_ASSESSMENTS, Route
from innovation.core.clock import LONDON
from innovation.web import forms


class RoundForm(forms.Form):
    name = forms.TextField(label="Name", max_length=120, missing="Enter a name")
    summary = forms.LongTextField(label="What is it for?", required=False)
    route = forms.ChoiceField(Route, label="Route", missing="Select a route")
    opens = forms.DateField(
        label="When does it open?",
        help_text="At the start of the day",
        required=False,
    )
    closes = forms.DateField(
        label="When does it close?",
        help_text="At 5pm. Leave it empty if it stays open.",
        required=False,
    )
    replies_by = forms.DateField(
        label="By when do applicants hear?",
        help_text="They read this once they have sent their form",
        required=False,
    )
    award_least = forms.MoneyField(label="Smallest award", required=False)
    award_most = forms.MoneyField(label="Largest award", required=False)
    assessments_needed = forms.WholeNumberField(
        label="How many people assess each bid?",
        help_text="It stays as it is once the round has a case. If you leave it empty "
        "it is 2, and 1 for seed grants.",
        min_value=1,
        max_value=MOST_ASSESSMENTS,
        required=False,
    )

    def facts(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        opens, closes = said.pop("opens"), said.pop("closes")
        said.pop("programme", None)
        if said["assessments_needed"] is None:
            del said["assessments_needed"]
        said["opens_at"] = opens and datetime.combine(opens, time(0), LONDON)
        said["closes_at"] = closes and datetime.combine(closes, time(17), LONDON)
        return said

    @staticmethod
    def initial_of(round: Round) -> dict[str, Any]:
        names = (
            *("name", "summary", "route", "replies_by"),
            *("award_least", "award_most", "assessments_needed"),
        )
        found = {name: getattr(round, name) for name in names}
        for name in ("opens", "closes"):
            moment = getattr(round, f"{name}_at")
            found[name] = moment.astimezone(LONDON).date() if moment else None
        return found


class NewRoundForm(RoundForm):
    programme = forms.ObjectField(
        Programme.objects.order_by("name"),
        label="Programme",
        by="slug",
        missing="Select a programme",
    )
    field_order = ["programme"]


class PublishForm(forms.Form):
    """Nothing to enter: a form so that what is missing can be said on the page."""


class StrandForm(forms.Form):
    name = forms.TextField(label="Name", max_length=120, missing="Enter a name")


class CriterionForm(forms.Form):
    name = forms.TextField(label="Name", max_length=120, missing="Enter a name")
    description = forms.LongTextField(label="What it looks at", required=False)
    weight = forms.WholeNumberField(label="Weight", min_value=1, max_value=100)
    score_least = forms.WholeNumberField(
        label="Lowest score", min_value=0, max_value=100
    )
    score_most = forms.WholeNumberField(
        label="Highest score", min_value=1, max_value=100
    )


class EnvelopeForm(forms.Form):
    strand = forms.ObjectField(
        label="Strand",
        help_text="None for the whole round",
        by="pk",
        select=True,
        required=False,
    )
    financial_year = forms.WholeNumberField(
        label="Financial year",
        help_text="The year in which it begins: 2014 is April 2014 to March 2015",
        min_value=2010,
        max_value=2100,
    )
    amount = forms.MoneyField(label="Amount")

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        forms.draw_from(self.fields["strand"], Strand.objects.filter(round=round))
