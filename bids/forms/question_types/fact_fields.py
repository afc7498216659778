"""Form fields of the facts that expressions of interest and bids have in common."""

from collections.abc import Callable, Mapping

from django.db.models import Model, QuerySet
from django.forms import CheckboxSelectMultiple, Field, ModelMultipleChoiceField

from bids.domain.applications import Case
from bids.forms.question_types import names
from bids.forms.question_types.question_fields import (
    FieldValues,
    QuestionField,
    SingleField,
    long_text,
)
from bids.forms.question_types.years import YearAmounts
from bids.models import IdeaType, MaturityStage, PracticeModel, Question
from bids.models.application import Row
from bids.models.expression import UNTITLED
from bids.models.question_type import QuestionType as K
from innovation.core.money import Money
from innovation.web import forms
from innovation.web.forms import FieldOptions


class Column(SingleField):
    """Text in a column of the case."""

    def __init__(
        self, name: str, field: Callable[[Question, FieldOptions], Field] = long_text
    ) -> None:
        self.name, self._field = name, field

    def field(self, question: Question, case: Case, options: FieldOptions) -> Field:
        return self._field(question, options)

    def saved_value(self, question: Question, case: Case) -> object:
        return getattr(case, self.name)


class Title(Column):
    def saved_value(self, question: Question, case: Case) -> object:
        return "" if case.title == UNTITLED else case.title


class RegisterChoice(SingleField):
    """A choice of one row of a register, or of the case's round."""

    def __init__(
        self,
        name: str,
        rows: Callable[[Case], QuerySet[Model]],
        *,
        select: bool = False,
    ) -> None:
        self.name, self._rows, self._select = name, rows, select

    def field(self, question: Question, case: Case, options: FieldOptions) -> Field:
        rows = self._rows(case)
        return forms.ObjectField(rows, by="pk", select=self._select, **options)

    def saved_value(self, question: Question, case: Case) -> object:
        return getattr(case, f"{self.name}_id")


class PracticeModels(SingleField):
    def field(self, question: Question, case: Case, options: FieldOptions) -> Field:
        return ModelMultipleChoiceField(
            PracticeModel.objects.all(), widget=CheckboxSelectMultiple, **options
        )

    def saved_value(self, question: Question, case: Case) -> object:
        return [model.pk for model in case.practice_models.all()] if case.pk else []


class NameList(SingleField):
    """Councils or organisations, one per line."""

    def __init__(
        self,
        name: str,
        create: Callable[..., names.NamesField],
        write: Callable[[Case], str] | None = None,
    ) -> None:
        """`write` gives the lines where a name alone does not say which one it is."""
        self.name, self._create, self._write = name, create, write

    def field(self, question: Question, case: Case, options: FieldOptions) -> Field:
        return self._create(case, **options)

    def saved_value(self, question: Question, case: Case) -> object:
        if not case.pk:
            return ""
        if self._write is not None:
            return self._write(case)
        known = getattr(case, f"snapshot_{self.name}", None)
        rows = getattr(case, self.name).all() if known is None else known
        return names.to_lines(rows)


class RequestedMoneyByYear(YearAmounts):
    def initial(self, question: Question, case: Case) -> dict[str, object]:
        if not case.pk:
            return {}
        return {str(row.financial_year): row.amount for row in case.money.all()}

    def value(self, values: FieldValues) -> list[Row]:
        return [
            {"financial_year": int(year), "amount": amount}
            for year, amount in sorted(values.items())
            if isinstance(amount, Money) and amount
        ]


class AmountColumn(Column):
    """An amount in a column of the case."""

    def field(self, question: Question, case: Case, options: FieldOptions) -> Field:
        return forms.MoneyField(**options)


def _title_field(question: Question, options: FieldOptions) -> Field:
    options["required"] = True
    return forms.TextField(missing="Enter what the idea is called", **options)


QUESTION_FIELDS: Mapping[str, QuestionField] = {
    K.TITLE: Title("title", _title_field),
    K.SUMMARY: Column("summary"),
    K.PARTNERS: NameList("partners", names.partners_field),
    K.AREAS: NameList("councils", names.councils_field, names.councils_to_lines),
    K.STRAND: RegisterChoice("strand", lambda case: case.round.strands.all()),
    K.MATURITY: RegisterChoice("maturity", lambda case: MaturityStage.objects.all()),
    K.IDEA_TYPE: RegisterChoice(
        "idea_type", lambda case: IdeaType.objects.all(), select=True
    ),
    K.PRACTICE_MODELS: PracticeModels(),
    K.MONEY_ASKED: RequestedMoneyByYear(),
    K.SUM_ASKED: AmountColumn("asked"),
    K.THEORY_OF_CHANGE: Column("theory_of_change"),
    K.EVALUATION_PLAN: Column("evaluation_plan"),
}
