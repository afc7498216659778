"""The form fields of questions whose answers are not facts."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.forms import Field

from bids.domain.applications import Case
from bids.domain.queries import case_snapshot
from bids.domain.question_types import answer_types
from bids.forms.question_types import names
from bids.forms.question_types.question_fields import (
    Fields,
    FieldValues,
    QuestionField,
    SingleField,
    Submitted,
    long_text,
)
from bids.forms.question_types.years import YearAmounts
from bids.models import Question
from bids.models.question_type import QuestionType as K
from innovation.core.money import Money
from innovation.web import forms
from innovation.web.forms import FieldOptions


class Answer(SingleField):
    """A question with one field; `read` converts the stored answer for the field."""

    def __init__(
        self,
        field: Callable[[Question, FieldOptions], Field],
        read: Callable[[Any], Any] = lambda value: value,
    ) -> None:
        self._field, self._read = field, read

    def field(self, question: Question, case: Case, options: FieldOptions) -> Field:
        return self._field(question, options)

    def saved_value(self, question: Question, case: Case) -> object:
        answer = _saved_answer(question, case)
        return None if answer is None else self._read(answer)


class NameList(Answer):
    """Registered objects, one per line; stored by key and name."""

    def __init__(self, create: Callable[..., names.NamesField]) -> None:
        super().__init__(
            _lines_field, lambda value: "\n".join(item["name"] for item in value)
        )
        self._create = create

    def field(self, question: Question, case: Case, options: FieldOptions) -> Field:
        return self._create(case, rows=3, **options)

    def value(self, values: FieldValues) -> list[dict[str, str]]:
        return [{"key": str(row.pk), "name": str(row)} for row in values[""]]


class SeparatePage(QuestionField):
    """Answered on a page of its own, so without a field here."""

    def fields(self, question: Question, case: Case, submitted: Submitted) -> Fields:
        return {}


class MoneyByYear(YearAmounts):
    def initial(self, question: Question, case: Case) -> dict[str, Any]:
        saved_amounts: Mapping[str, int] = _saved_answer(question, case) or {}
        return {year: Money(pence) for year, pence in saved_amounts.items()}

    def value(self, values: FieldValues) -> dict[str, Money]:
        return {year: amount for year, amount in values.items() if amount}


def _saved_answer(question: Question, case: Case) -> Any:
    if not case.pk:
        return None
    answers = answer_types.answers_by_code(case_snapshot.with_snapshot(case))
    return answers.get(question.code)


def _lines_field(question: Question, options: FieldOptions) -> Field:
    return forms.LongTextField(rows=3, **options)


def _choices(question: Question) -> list[tuple[str, str]]:
    return [(choice, choice) for choice in question.choices]


QUESTION_FIELDS: Mapping[str, QuestionField] = {
    K.SHORT_TEXT: Answer(lambda q, o: forms.TextField(max_length=500, **o)),
    K.LONG_TEXT: Answer(long_text),
    K.NUMBER: Answer(
        lambda q, o: forms.TextField(width="govuk-input--width-10", **o),
    ),
    K.MONEY: Answer(lambda q, o: forms.MoneyField(**o), Money),
    K.MONEY_BY_YEAR: MoneyByYear(),
    K.DATE: Answer(lambda q, o: forms.DateField(**o), date.fromisoformat),
    K.ONE_CHOICE: Answer(lambda q, o: forms.ChoiceField(_choices(q), **o)),
    K.MANY_CHOICES: Answer(lambda q, o: forms.MultipleChoiceField(_choices(q), **o)),
    K.ORGANISATIONS: NameList(names.organisations_field),
    K.COUNCILS: NameList(names.councils_field),
    K.UPLOAD: SeparatePage(),
    K.DECLARATION: Answer(lambda q, o: forms.TickField(**o)),
}
