"""Form fields of outcomes, and of facts that only bids have."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.forms import DecimalField, Field, TextInput

from bids.domain.applications import Case
from bids.forms.question_types import years
from bids.forms.question_types.question_fields import Fields, QuestionField, Submitted
from bids.forms.question_types.rows import Rows
from bids.models import Bid, Question
from bids.models.application import Row
from bids.models.bid import CostCategory
from bids.models.question_type import QuestionType as K
from innovation.organisations.models import Organisation
from innovation.web import forms

RISK_SCALE = [(str(number), str(number)) for number in range(1, 6)]


class Costs(Rows):
    name = "money"
    row_label = "Cost"
    row_noun = "cost"
    amount_prefix = "amount_"
    total_must_equal = K.SUM_ASKED
    columns: ClassVar = {
        "financial_year": lambda: forms.ChoiceField(
            [], label="financial year", select=True
        ),
        "category": lambda: forms.ChoiceField(
            CostCategory, label="what it is for", select=True
        ),
        "partner": lambda: forms.ObjectField(
            label="organisation",
            help_text="Leave it empty for the lead organisation",
            by="pk",
            select=True,
        ),
        "amount": lambda: forms.MoneyField(label="amount"),
    }
    required_columns: ClassVar = {
        "financial_year": "Select the financial year",
        "category": "Select what the money is for",
        "amount": "Enter an amount in pounds",
    }
    column_choices: ClassVar = {"financial_year": years.year_choices}

    def fields(self, question: Question, case: Case, submitted: Submitted) -> Fields:
        return _limit_to_partners(
            super().fields(question, case, submitted), case, "partner"
        )

    def column_value(self, row: object, column: str) -> object:
        return getattr(row, "partner_id" if column == "partner" else column)

    def clean_row(self, row: Row) -> Row:
        return {**row, "financial_year": int(row["financial_year"])}


class OtherFunding(Rows):
    name = "other_funding"
    row_label = "Other funding"
    row_noun = "source of funding"
    amount_prefix = "amount_"
    columns: ClassVar = {
        "source": lambda: forms.TextField(label="from whom?"),
        "financial_year": lambda: forms.ChoiceField(
            [], label="financial year", select=True
        ),
        "amount": lambda: forms.MoneyField(label="amount"),
        "secured": lambda: forms.TickField(label="it is secured"),
    }
    required_columns: ClassVar = {
        "source": "Enter who pays",
        "financial_year": "Select the financial year",
        "amount": "Enter an amount in pounds",
    }
    column_choices: ClassVar = {"financial_year": years.year_choices}

    def clean_row(self, row: Row) -> Row:
        return {**row, "financial_year": int(row["financial_year"])}


class Outcomes(Rows):
    """Outcomes and their measures; in a bid, with baselines and targets too."""

    name = "outcomes"
    row_label = "Outcome"
    row_noun = "outcome"
    columns: ClassVar = {
        "description": lambda: forms.TextField(
            label="what would be different for children?", max_length=300
        ),
        "measure": lambda: forms.TextField(label="how it is measured"),
    }
    bid_columns: ClassVar = {
        **columns,
        "baseline": lambda: _number_field(
            "what it is today", "Leave it empty if nobody has measured it yet"
        ),
        "target": lambda: _number_field("what it should become", ""),
        "due_on": lambda: forms.DateField(label="by when?"),
    }
    required_columns: ClassVar = {
        "description": "Enter what would be different",
        "measure": "Enter how it is measured",
    }

    def columns_of(self, case: Case) -> Mapping[str, Callable[[], Field]]:
        columns: Mapping[str, Callable[[], Field]] = (
            self.bid_columns if isinstance(case, Bid) else self.columns
        )
        return columns


def _number_field(label: str, hint: str) -> Field:
    return DecimalField(
        label=label,
        help_text=hint,
        max_digits=12,
        decimal_places=2,
        widget=TextInput(
            attrs={"class": "govuk-input--width-10", "inputmode": "decimal"}
        ),
        error_messages={"invalid": "Enter a number, like 12 or 12.5"},
    )


class Milestones(Rows):
    name = "milestones"
    row_label = "Milestone"
    row_noun = "milestone"
    columns: ClassVar = {
        "description": lambda: forms.TextField(
            label="what will be done?", max_length=300
        ),
        "due_on": lambda: forms.DateField(label="when?"),
    }
    required_columns: ClassVar = {
        "description": "Enter what will be done",
        "due_on": "Enter the date",
    }


class Risks(Rows):
    name = "risks"
    row_label = "Risk"
    row_noun = "risk"
    columns: ClassVar = {
        "description": lambda: forms.TextField(
            label="what could go wrong?", max_length=300
        ),
        "likelihood": lambda: forms.ChoiceField(
            RISK_SCALE, label="likelihood, 1 to 5", select=True
        ),
        "impact": lambda: forms.ChoiceField(
            RISK_SCALE, label="impact, 1 to 5", select=True
        ),
        "mitigation": lambda: forms.LongTextField(
            label="what you will do about it", rows=2
        ),
    }
    required_columns: ClassVar = {
        "description": "Enter what could go wrong",
        "likelihood": "Select the likelihood",
        "impact": "Select the impact",
        "mitigation": "Enter what you will do about it",
    }

    def clean_row(self, row: Row) -> Row:
        scale = {name: int(row[name]) for name in ("likelihood", "impact")}
        return {**row, **scale}


class PartnerLetters(Rows):
    """Letters of the bid's partners."""

    name = "partner_letters"
    row_label = "Letter"
    row_noun = "letter"
    columns: ClassVar = {
        "organisation": lambda: forms.ObjectField(
            label="from which partner?", by="pk", select=True
        ),
        "received_on": lambda: forms.DateField(label="date of the letter"),
        "text": lambda: forms.LongTextField(label="text of the letter", rows=4),
    }
    required_columns: ClassVar = {
        "organisation": "Select the partner",
        "received_on": "Enter the date of the letter",
        "text": "Enter what the letter says",
    }

    def fields(self, question: Question, case: Case, submitted: Submitted) -> Fields:
        fields = super().fields(question, case, submitted)
        return _limit_to_partners(fields, case, "organisation")

    def column_value(self, row: Any, column: str) -> object:
        return row.organisation_id if column == "organisation" else getattr(row, column)


def _limit_to_partners(fields: Fields, case: Case, column: str) -> Fields:
    """Set the choices of the column to the case's partners, with one query."""
    partners = list(case.partners.all()) if case.pk else []
    choices = [("", ""), *((partner.pk, str(partner)) for partner in partners)]
    among = Organisation.objects.filter(pk__in=[partner.pk for partner in partners])
    for end, field in fields.items():
        if end.startswith(f"{column}_"):
            forms.set_queryset(field, among)
            field.widget.choices = choices
    return fields


QUESTION_FIELDS: Mapping[str, QuestionField] = {
    K.OUTCOMES: Outcomes(),
    K.COSTS: Costs(),
    K.OTHER_FUNDING: OtherFunding(),
    K.MILESTONES: Milestones(),
    K.RISKS: Risks(),
    K.PARTNER_LETTERS: PartnerLetters(),
}
