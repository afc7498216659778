"""Form fields of the costs of a bid: a grid with a line for each cost, and a column for
each financial year.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.forms import Field, TextInput

from bids.domain.answer_versions import RawInput
from bids.domain.applications import Case
from bids.forms.question_types import pasted_costs, years
from bids.forms.question_types.plan_fields import limit_to_partners
from bids.forms.question_types.question_fields import (
    Fields,
    FieldValues,
    QuestionField,
    Submitted,
)
from bids.forms.question_types.rows import Columns, GridRows, PastedRows
from bids.models import BidMoney, Question
from bids.models.application import Row
from bids.models.bid import CostCategory
from bids.models.question_type import QuestionType as K
from innovation.core import clock
from innovation.core.money import Money
from innovation.web import forms

_YEAR = "year_"
_NO_AMOUNT = "Enter an amount for at least one financial year"


class CostAmountField(forms.MoneyField):
    """An amount, which spreadsheets write in brackets if it is negative."""

    def __init__(self, year: int) -> None:
        super().__init__(
            label=clock.financial_year_name(year),
            required=False,
            widget=TextInput(attrs={"inputmode": "decimal"}),
        )

    def to_python(self, value: object) -> Money | None:
        in_brackets = isinstance(value, str) and value.strip().startswith("(")
        return super().to_python(
            pasted_costs.plain_amount(str(value)) if in_brackets else value
        )

    def validate(self, value: Money | None) -> None:
        if value is not None and value.pence < 0:
            raise ValidationError("Enter £0 or more: a cost cannot be negative")
        super().validate(value)


@dataclass(slots=True)
class CostLine:
    """A saved cost, with its amounts by financial year."""

    description: str
    category: str
    partner: int | None
    amounts: dict[int, Money] = field(default_factory=dict)


class Costs(GridRows):
    name = "money"
    row_label = "Cost"
    row_noun = "cost"
    amount_prefix = _YEAR
    total_must_equal = K.SUM_ASKED
    columns: ClassVar = {
        "description": lambda: forms.TextField(label="description"),
        "category": lambda: forms.ChoiceField(
            CostCategory, label="type of cost", select=True
        ),
        "partner": lambda: forms.ObjectField(
            label="organisation", by="pk", select=True
        ),
    }
    required_columns: ClassVar = {"category": "Select the type of cost"}
    row_errors = (_NO_AMOUNT,)

    def fields(self, question: Question, case: Case, submitted: Submitted) -> Fields:
        fields = super().fields(question, case, submitted)
        return limit_to_partners(fields, case, "partner", nothing=case.lead.name)

    def columns_of(self, case: Case) -> Columns:
        amounts: dict[str, Callable[[], Field]] = {
            f"{_YEAR}{year}": partial(CostAmountField, year)
            for year in years.years_for(case)
        }
        return {**self.columns, **amounts}

    def saved_rows(self, case: Case) -> list[object]:
        """The costs in the order in which they were entered."""
        lines: dict[tuple[object, ...], CostLine] = {}
        rows = [row for row in super().saved_rows(case) if isinstance(row, BidMoney)]
        for row in sorted(rows, key=lambda row: row.pk):
            name = (row.description, row.category, row.partner_id)
            line = lines.setdefault(name, CostLine(*name))
            line.amounts[row.financial_year] = row.amount
        return list(lines.values())

    def column_value(self, row: object, column: str) -> object:
        assert isinstance(row, CostLine)
        if column.startswith(_YEAR):
            return row.amounts.get(int(column.removeprefix(_YEAR)))
        return getattr(row, column)

    def problems(self, values: FieldValues) -> dict[str, str]:
        rows = self.numbered_rows(values)
        return {
            **_empty_lines(values, rows),
            **_repeated_lines(rows),
            **super().problems(values),
        }

    def value(self, values: FieldValues) -> list[Row]:
        return [
            {
                "financial_year": year,
                "category": row["category"],
                "partner": row["partner"],
                "description": row["description"],
                "amount": amount,
            }
            for _, row in self.numbered_rows(values)
            for year, amount in _amounts(row).items()
        ]

    def read_pasted(self, text: str, case: Case) -> PastedRows:
        partners = list(case.partners.all()) if case.pk else []
        try:
            pasted = pasted_costs.read(
                text,
                years.years_for(case),
                {str(label): value for value, label in CostCategory.choices},
                {case.lead.name: "", **{str(p): str(p.pk) for p in partners}},
            )
        except pasted_costs.NotCosts as problem:
            raise ValidationError(str(problem)) from None
        rows = [
            {
                "description": cost.description,
                "category": cost.category,
                "partner": cost.partner,
                **{f"{_YEAR}{year}": text for year, text in cost.amounts.items()},
            }
            for cost in pasted.costs
        ]
        return PastedRows(rows, pasted.left_out)

    def current_input(self, question: Question, case: Case, raw: RawInput) -> RawInput:
        """Before the grid, a row had one amount, and its year in a field of its own."""
        code = question.code
        rows = [name for name in raw if name.startswith(f"{code}__financial_year_")]
        if not rows:
            return raw
        current: dict[str, list[str]] = {}
        for place, name in enumerate(rows, start=1):
            number = name.rpartition("_")[2]
            year = "".join(raw[name]) or str(years.this_year())
            for column in ("category", "partner"):
                text = raw.get(f"{code}__{column}_{number}", [""])
                current[f"{code}__{column}_{place}"] = list(text)
            amount = raw.get(f"{code}__amount_{number}", [""])
            current[f"{code}__{_YEAR}{year}_{place}"] = list(amount)
        return current


def _empty_lines(
    values: FieldValues, rows: Sequence[tuple[int, Row]]
) -> dict[str, str]:
    """The problems of lines without an amount, in which none is invalid either."""
    names = [suffix.rpartition("_")[0] for suffix in values]
    year_names = list(dict.fromkeys(name for name in names if name.startswith(_YEAR)))
    return {
        f"{year_names[0]}_{number}": _NO_AMOUNT
        for number, row in rows
        if set(year_names) <= row.keys() and not _amounts(row)
    }


def _repeated_lines(rows: Sequence[tuple[int, Row]]) -> dict[str, str]:
    """The problems of lines that say the same as an earlier one of the same year."""
    problems: dict[str, str] = {}
    first_lines: dict[tuple[object, ...], int] = {}
    for number, row in rows:
        name = tuple(row.get(column) for column in Costs.columns)
        for year in _amounts(row):
            first = first_lines.setdefault((*name, year), number)
            if first != number:
                problems[f"description_{number}"] = (
                    f"Say how this differs from cost {first}, or add the two together"
                )
    return problems


def _amounts(row: Row) -> dict[int, Money]:
    return {
        int(name.removeprefix(_YEAR)): amount
        for name, amount in row.items()
        if name.startswith(_YEAR) and amount
    }


QUESTION_FIELDS: Mapping[str, QuestionField] = {K.COSTS: Costs()}
