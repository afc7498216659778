"""The sections that only a bid has."""

from typing import Any, ClassVar

from bids.domain.facts import Case
from bids.forms.facts import year_choices
from bids.forms.rows import RowsForm
from bids.forms.section import SectionForm
from bids.models import Bid
from bids.models.bid import CostCategory
from innovation.web import forms

SCALE = [(str(number), str(number)) for number in range(1, 6)]


class CostsForm(RowsForm):
    rows_name = "money"
    noun = "Cost"
    columns: ClassVar = {
        "financial_year": lambda label: forms.ChoiceField(
            [], label=f"{label}financial year", select=True
        ),
        "category": lambda label: forms.ChoiceField(
            CostCategory, label=f"{label}what it is for", select=True
        ),
        "amount": lambda label: forms.MoneyField(label=f"{label}amount"),
    }
    needed: ClassVar = {
        "financial_year": "Select the financial year",
        "category": "Select what the money is for",
        "amount": "Enter an amount in pounds",
    }
    choices_of: ClassVar = {"financial_year": year_choices}

    def rows(self) -> list[dict[str, Any]]:
        return [
            {**row, "financial_year": int(row["financial_year"])}
            for row in super().rows()
        ]


class OutcomesForm(RowsForm):
    rows_name = "outcomes"
    noun = "Outcome"
    columns: ClassVar = {
        "description": lambda label: forms.TextField(
            label=f"{label}what would be different for children?", max_length=300
        ),
        "measure": lambda label: forms.TextField(label=f"{label}how it is measured"),
    }
    needed: ClassVar = {
        "description": "Enter what would be different",
        "measure": "Enter how it is measured",
    }


class MilestonesForm(RowsForm):
    rows_name = "milestones"
    noun = "Milestone"
    columns: ClassVar = {
        "description": lambda label: forms.TextField(
            label=f"{label}what will be done?", max_length=300
        ),
        "due_on": lambda label: forms.DateField(label=f"{label}when?"),
    }
    needed: ClassVar = {
        "description": "Enter what will be done",
        "due_on": "Enter the date",
    }


class RisksForm(RowsForm):
    rows_name = "risks"
    noun = "Risk"
    columns: ClassVar = {
        "description": lambda label: forms.TextField(
            label=f"{label}what could go wrong?", max_length=300
        ),
        "likelihood": lambda label: forms.ChoiceField(
            SCALE, label=f"{label}likelihood, 1 to 5", select=True
        ),
        "impact": lambda label: forms.ChoiceField(
            SCALE, label=f"{label}impact, 1 to 5", select=True
        ),
        "mitigation": lambda label: forms.LongTextField(
            label=f"{label}what you will do about it", rows=2
        ),
    }
    needed: ClassVar = {
        "description": "Enter what could go wrong",
        "likelihood": "Select the likelihood",
        "impact": "Select the impact",
        "mitigation": "Enter what you will do about it",
    }

    def rows(self) -> list[dict[str, Any]]:
        return [
            {
                **row,
                "likelihood": int(row["likelihood"]),
                "impact": int(row["impact"]),
            }
            for row in super().rows()
        ]


class CaseForm(SectionForm):
    """Why it should work, and how anybody will know."""

    theory_of_change = forms.LongTextField(
        label="Theory of change",
        help_text="How what you do leads to what changes for children",
        rows=8,
        required=False,
    )
    evaluation_plan = forms.LongTextField(
        label="Evaluation plan",
        help_text="Who will find out whether it worked, and how",
        rows=8,
        required=False,
    )

    @classmethod
    def initial_of(cls, case: Case) -> dict[str, Any]:
        assert isinstance(case, Bid)
        return {
            "theory_of_change": case.theory_of_change,
            "evaluation_plan": case.evaluation_plan,
        }

    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)
