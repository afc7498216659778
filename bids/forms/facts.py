"""The sections an expression of interest and a bid have in common."""

from typing import Any

from django import forms as django_forms

from bids.domain.facts import Case
from bids.forms import names
from bids.forms.section import SectionForm
from bids.models import IdeaType, MaturityStage, PracticeModel
from innovation.core import clock
from innovation.core.money import Money
from innovation.organisations.models import Council, Organisation
from innovation.web import forms

YEARS = 4


class IdeaForm(SectionForm):
    title = forms.TextField(label="Title", missing="Enter a title")
    summary = forms.LongTextField(
        label="What is the idea?",
        help_text="In a few paragraphs. Name no child or family.",
        required=False,
        rows=8,
    )

    @classmethod
    def initial_of(cls, case: Case) -> dict[str, Any]:
        return {"title": case.title, "summary": case.summary}

    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class KindForm(SectionForm):
    strand = forms.ObjectField(
        label="Which strand does it belong to?", by="pk", required=False
    )
    maturity = forms.ObjectField(
        MaturityStage.objects.all(),
        label="How far along is the idea?",
        by="pk",
        required=False,
    )
    idea_type = forms.ObjectField(
        IdeaType.objects.all(),
        label="What kind of idea is it?",
        by="pk",
        select=True,
        required=False,
    )
    practice_models = django_forms.ModelMultipleChoiceField(
        PracticeModel.objects.all(),
        label="Which practice models does it use?",
        widget=django_forms.CheckboxSelectMultiple,
        required=False,
    )

    def build(self) -> None:
        strand = self.fields["strand"]
        strand.queryset = self.case.round.strands.all()  # type: ignore[attr-defined]  # an ObjectField

    @classmethod
    def initial_of(cls, case: Case) -> dict[str, Any]:
        return {
            "strand": case.strand_id,
            "maturity": case.maturity_id,
            "idea_type": case.idea_type_id,
            "practice_models": [model.pk for model in case.practice_models.all()],
        }

    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class PlacesForm(SectionForm):
    councils = forms.LongTextField(
        label="In which council areas will the work happen?",
        help_text="One council on each line",
        required=False,
    )
    partners = forms.LongTextField(
        label="Which other organisations take part?",
        help_text="One on each line, by the name they are registered under here",
        required=False,
    )

    @classmethod
    def initial_of(cls, case: Case) -> dict[str, Any]:
        return {
            "councils": names.written(case.councils.all()),
            "partners": names.written(case.partners.all()),
        }

    def clean_councils(self) -> list[Council]:
        return names.councils(self.cleaned_data["councils"])

    def clean_partners(self) -> list[Organisation]:
        return names.organisations(self.cleaned_data["partners"])

    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class MoneyForm(SectionForm):
    """One amount for each financial year, from the one the round is in."""

    def build(self) -> None:
        for year in years(self.case):
            self.fields[f"year_{year}"] = forms.MoneyField(
                label=f"April {year} to March {year + 1}", required=False
            )

    @classmethod
    def initial_of(cls, case: Case) -> dict[str, Any]:
        return {f"year_{row.financial_year}": row.amount for row in case.money.all()}

    def facts(self) -> dict[str, Any]:
        asked = {
            int(name.removeprefix("year_")): amount
            for name, amount in self.cleaned_data.items()
            if isinstance(amount, Money) and amount
        }
        return {
            "money": [
                {"financial_year": year, "amount": amount}
                for year, amount in sorted(asked.items())
            ]
        }


def years(case: Case) -> list[int]:
    """Those in which money can be asked for: from the opening of the round, or the
    year the case began where a rolling round has been open for long.
    """
    begun = getattr(case, "started_at", None) or getattr(case, "opened_at", None)
    moments = [moment for moment in (case.round.opens_at, begun) if moment]
    first = clock.financial_year(clock.london_day(max(moments)))
    asked = {row.financial_year for row in case.money.all()}
    return sorted(asked | set(range(first, first + YEARS)))


def year_choices(case: Case) -> list[tuple[str, str]]:
    return [(str(year), clock.financial_year_name(year)) for year in years(case)]
