"""How the outcomes are asked, and the facts that only a bid has."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.forms import DecimalField, Field, TextInput

from bids.domain.case_facts import Case
from bids.forms import years
from bids.forms.question_fields import Fields, QuestionField, Submitted
from bids.forms.rows import Rows
from bids.models import Bid, Question
from bids.models.bid import CostCategory
from bids.models.question import QuestionKind as K
from innovation.organisations.models import Organisation
from innovation.web import forms

SCALE = [(str(number), str(number)) for number in range(1, 6)]


class Costs(Rows):
    name = "money"
    noun = "Cost"
    adds = "cost"
    amounts = "amount_"
    equal_to = K.SUM_ASKED
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
    needed: ClassVar = {
        "financial_year": "Select the financial year",
        "category": "Select what the money is for",
        "amount": "Enter an amount in pounds",
    }
    choices_of: ClassVar = {"financial_year": years.choices}

    def fields(self, question: Question, case: Case, came: Submitted) -> Fields:
        return _of_partners(super().fields(question, case, came), case, "partner")

    def shown(self, row: Any, column: str) -> Any:
        return getattr(row, "partner_id" if column == "partner" else column)

    def row(self, row: dict[str, Any]) -> dict[str, Any]:
        return {**row, "financial_year": int(row["financial_year"])}


class OtherFunding(Rows):
    name = "other_funding"
    noun = "Other funding"
    adds = "source of funding"
    amounts = "amount_"
    columns: ClassVar = {
        "source": lambda: forms.TextField(label="from whom?"),
        "financial_year": lambda: forms.ChoiceField(
            [], label="financial year", select=True
        ),
        "amount": lambda: forms.MoneyField(label="amount"),
        "secured": lambda: forms.TickField(label="it is secured"),
    }
    needed: ClassVar = {
        "source": "Enter who pays",
        "financial_year": "Select the financial year",
        "amount": "Enter an amount in pounds",
    }
    choices_of: ClassVar = {"financial_year": years.choices}

    def row(self, row: dict[str, Any]) -> dict[str, Any]:
        return {**row, "financial_year": int(row["financial_year"])}


class Outcomes(Rows):
    """An expression says what and how measured; a bid also from where to where."""

    name = "outcomes"
    noun = "Outcome"
    adds = "outcome"
    columns: ClassVar = {
        "description": lambda: forms.TextField(
            label="what would be different for children?", max_length=300
        ),
        "measure": lambda: forms.TextField(label="how it is measured"),
    }
    of_bids: ClassVar = {
        **columns,
        "baseline": lambda: _number(
            "what it is today", "Nothing if nobody has measured it yet"
        ),
        "target": lambda: _number("what it should become", ""),
        "due_on": lambda: forms.DateField(label="by when?"),
    }
    needed: ClassVar = {
        "description": "Enter what would be different",
        "measure": "Enter how it is measured",
    }

    def columns_of(self, case: Case) -> Mapping[str, Callable[[], Field]]:
        columns: Mapping[str, Callable[[], Field]] = (
            self.of_bids if isinstance(case, Bid) else self.columns
        )
        return columns


def _number(label: str, hint: str) -> Field:
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
    noun = "Milestone"
    adds = "milestone"
    columns: ClassVar = {
        "description": lambda: forms.TextField(
            label="what will be done?", max_length=300
        ),
        "due_on": lambda: forms.DateField(label="when?"),
    }
    needed: ClassVar = {
        "description": "Enter what will be done",
        "due_on": "Enter the date",
    }


class Risks(Rows):
    name = "risks"
    noun = "Risk"
    adds = "risk"
    columns: ClassVar = {
        "description": lambda: forms.TextField(
            label="what could go wrong?", max_length=300
        ),
        "likelihood": lambda: forms.ChoiceField(
            SCALE, label="likelihood, 1 to 5", select=True
        ),
        "impact": lambda: forms.ChoiceField(SCALE, label="impact, 1 to 5", select=True),
        "mitigation": lambda: forms.LongTextField(
            label="what you will do about it", rows=2
        ),
    }
    needed: ClassVar = {
        "description": "Enter what could go wrong",
        "likelihood": "Select the likelihood",
        "impact": "Select the impact",
        "mitigation": "Enter what you will do about it",
    }

    def row(self, row: dict[str, Any]) -> dict[str, Any]:
        scale = {name: int(row[name]) for name in ("likelihood", "impact")}
        return {**row, **scale}


class PartnerLetters(Rows):
    """What each partner says in writing; the partners are those of the bid."""

    name = "partner_letters"
    noun = "Letter"
    adds = "letter"
    columns: ClassVar = {
        "organisation": lambda: forms.ObjectField(
            label="from which partner?", by="pk", select=True
        ),
        "received_on": lambda: forms.DateField(label="its date"),
        "text": lambda: forms.LongTextField(label="its words", rows=4),
    }
    needed: ClassVar = {
        "organisation": "Select the partner",
        "received_on": "Enter the date of the letter",
        "text": "Enter what the letter says",
    }

    def fields(self, question: Question, case: Case, came: Submitted) -> Fields:
        made = super().fields(question, case, came)
        return _of_partners(made, case, "organisation")

    def shown(self, row: Any, column: str) -> Any:
        return row.organisation_id if column == "organisation" else getattr(row, column)


def _of_partners(made: Fields, case: Case, column: str) -> Fields:
    """Let the case's partners be chosen in that column: one query for all its rows."""
    partners = list(case.partners.all()) if case.pk else []
    chosen = [("", ""), *((partner.pk, str(partner)) for partner in partners)]
    among = Organisation.objects.filter(pk__in=[partner.pk for partner in partners])
    for end, field in made.items():
        if end.startswith(f"{column}_"):
            forms.draw_from(field, among)
            field.widget.choices = chosen
    return made


ASKED: Mapping[str, QuestionField] = {
    K.OUTCOMES: Outcomes(),
    K.COSTS: Costs(),
    K.OTHER_FUNDING: OtherFunding(),
    K.MILESTONES: Milestones(),
    K.RISKS: Risks(),
    K.PARTNER_LETTERS: PartnerLetters(),
}
