"""Form fields of outcomes, and of facts that only bids have."""

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from django.forms import Field, Textarea

from bids.domain.applications import Case
from bids.forms.question_types import years
from bids.forms.question_types.question_fields import Fields, QuestionField, Submitted
from bids.forms.question_types.rows import Rows
from bids.models import Bid, Question
from bids.models.application import Row
from bids.models.bid import Impact, Likelihood
from bids.models.question_type import QuestionType as K
from innovation.organisations.models import Organisation
from innovation.web import forms

LIKELIHOODS = [
    (Likelihood.RARE, "it would surprise us"),
    (Likelihood.UNLIKELY, "we do not expect it"),
    (Likelihood.POSSIBLE, "it may or may not happen"),
    (Likelihood.LIKELY, "we expect it"),
    (Likelihood.ALMOST_CERTAIN, "we plan for it"),
]
IMPACTS = [
    (Impact.VERY_LOW, "dealt with day to day"),
    (Impact.LOW, "some delay or extra cost"),
    (Impact.MEDIUM, "an outcome is late or smaller"),
    (Impact.HIGH, "an outcome is not reached"),
    (Impact.VERY_HIGH, "children are worse off, or it stops"),
]


def _year_field() -> Field:
    return forms.ChoiceField([], label="financial year", select=True)


def _amount_field() -> Field:
    return forms.MoneyField(label="amount")


def _scale_field(
    label: str, steps: Sequence[tuple[Likelihood | Impact, str]]
) -> Callable[[], Field]:
    choices = [
        (str(step.value), f"{step.value}: {step.label}, {meaning}")
        for step, meaning in steps
    ]
    return lambda: forms.ChoiceField(choices, label=label, select=True)


def _sentence_field(label: str, max_length: int) -> Callable[[], Field]:
    """One line of text that is often longer than a text input is wide."""
    return lambda: forms.TextField(
        label=label,
        help_text=f"Up to {max_length} characters",
        max_length=max_length,
        widget=Textarea(attrs={"rows": 3}),
    )


def _description_field(label: str) -> Callable[[], Field]:
    return _sentence_field(label, 300)


class YearAmountRows(Rows):
    """Rows with an amount in a financial year."""

    amount_prefix = "amount_"
    column_choices: ClassVar = {"financial_year": years.year_choices}

    def clean_row(self, row: Row) -> Row:
        return {**row, "financial_year": int(row["financial_year"])}


class OtherFunding(YearAmountRows):
    name = "other_funding"
    row_label = "Other funding"
    row_noun = "source of funding"
    columns: ClassVar = {
        "source": lambda: forms.TextField(label="from whom?"),
        "financial_year": _year_field,
        "amount": _amount_field,
        "secured": lambda: forms.TickField(label="it is secured"),
    }
    required_columns: ClassVar = {
        "source": "Enter who pays",
        "financial_year": "Select the financial year",
        "amount": "Enter an amount in pounds",
    }


class Outcomes(Rows):
    """Outcomes and their measures; in a bid, with baselines and targets too."""

    name = "outcomes"
    row_label = "Outcome"
    row_noun = "outcome"
    columns: ClassVar = {
        "description": _description_field("what would be different for children?"),
        "measure": _sentence_field("how it is measured", 200),
    }
    bid_columns: ClassVar = {
        **columns,
        "baseline": lambda: forms.DecimalField(
            label="what it is today",
            help_text="Leave empty if nobody has measured it yet",
        ),
        "target": lambda: forms.DecimalField(label="what it should become"),
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


class Milestones(Rows):
    name = "milestones"
    row_label = "Milestone"
    row_noun = "milestone"
    columns: ClassVar = {
        "description": _description_field("what will be done?"),
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
        "description": _description_field("what could go wrong?"),
        "likelihood": _scale_field("likelihood, 1 to 5", LIKELIHOODS),
        "impact": _scale_field("impact, 1 to 5", IMPACTS),
        "mitigation": lambda: forms.LongTextField(
            label="what you will do about it", rows=3
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
        "text": lambda: forms.LongTextField(label="what it says", rows=4),
    }
    required_columns: ClassVar = {
        "organisation": "Select the partner",
        "received_on": "Enter the date of the letter",
        "text": "Enter what the letter says",
    }

    def fields(self, question: Question, case: Case, submitted: Submitted) -> Fields:
        fields = super().fields(question, case, submitted)
        return limit_to_partners(fields, case, "organisation")

    def column_value(self, row: object, column: str) -> object:
        return getattr(row, "organisation_id" if column == "organisation" else column)


def limit_to_partners(
    fields: Fields, case: Case, column: str, *, nothing: str = ""
) -> Fields:
    """Set the choices of the column to the case's partners, with one query. `nothing`
    is the text of the empty choice.
    """
    partners = list(case.partners.all()) if case.pk else []
    choices = [("", nothing), *((partner.pk, str(partner)) for partner in partners)]
    rows = Organisation.objects.filter(pk__in=[partner.pk for partner in partners])
    for suffix, field in fields.items():
        if suffix.startswith(f"{column}_"):
            forms.set_queryset(field, rows)
            field.widget.choices = choices
    return fields


QUESTION_FIELDS: Mapping[str, QuestionField] = {
    K.OUTCOMES: Outcomes(),
    K.OTHER_FUNDING: OtherFunding(),
    K.MILESTONES: Milestones(),
    K.RISKS: Risks(),
    K.PARTNER_LETTERS: PartnerLetters(),
}
