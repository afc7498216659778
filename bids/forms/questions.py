"""A round's own questions, drawn from its question set."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.forms import Field

from bids.domain import answers
from bids.domain.facts import Case
from bids.forms.section import SectionForm
from bids.models import Question
from bids.models.question import QuestionKind
from innovation.core.money import Money
from innovation.web import forms


class QuestionsForm(SectionForm):
    def build(self) -> None:
        self.asked = answers.questions(self.case)
        for question in self.asked:
            self.fields[question.code] = _field(question, self.asked)

    @classmethod
    def initial_of(cls, case: Case) -> dict[str, Any]:
        said = answers.given(case)
        return {
            question.code: _shown(question, said[question.code])
            for question in answers.questions(case)
            if question.code in said
        }

    def answers(self) -> dict[str, Any]:
        return {q.code: self.cleaned_data.get(q.code) for q in self.asked}


def _field(question: Question, asked: list[Question]) -> Field:
    field = _FIELDS[QuestionKind(question.kind)](
        question,
        {
            "label": question.wording,
            "help_text": _hint(question),
            "required": False,
        },
    )
    if isinstance(field, forms.ChoiceField | forms.MultipleChoiceField):
        field.reveals = _revealed_by(question, asked)
    return field


def _revealed_by(question: Question, asked: list[Question]) -> Mapping[str, list[str]]:
    revealed: dict[str, list[str]] = {}
    for other in asked:
        rule = other.shown_only_if
        if rule and rule["code"] == question.code:
            revealed.setdefault(rule["answer"], []).append(other.code)
    return revealed


def _hint(question: Question) -> str:
    limit = f"Up to {question.word_limit} words." if question.word_limit else ""
    return f"{question.hint} {limit}".strip()


def _shown(question: Question, value: Any) -> Any:
    if question.kind == QuestionKind.MONEY:
        return Money(value)
    if question.kind == QuestionKind.DATE:
        return date.fromisoformat(value)
    return value


Options = dict[str, Any]
_FIELDS: dict[QuestionKind, Callable[[Question, Options], Field]] = {
    QuestionKind.SHORT_TEXT: lambda q, o: forms.TextField(max_length=500, **o),
    QuestionKind.LONG_TEXT: lambda q, o: forms.LongTextField(rows=8, **o),
    QuestionKind.NUMBER: lambda q, o: forms.TextField(
        width="govuk-input--width-10", **o
    ),
    QuestionKind.MONEY: lambda q, o: forms.MoneyField(**o),
    QuestionKind.DATE: lambda q, o: forms.DateField(**o),
    QuestionKind.ONE_CHOICE: lambda q, o: forms.ChoiceField(_pairs(q), **o),
    QuestionKind.MANY_CHOICES: lambda q, o: forms.MultipleChoiceField(_pairs(q), **o),
}


def _pairs(question: Question) -> list[tuple[str, str]]:
    return [(choice, choice) for choice in question.choices]
