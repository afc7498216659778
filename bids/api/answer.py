"""The facts and answers of one case.

They are the same as on the user's pages: answers that are no longer applicable are
stored, but not shown.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from bids.domain import question_types, sections
from bids.domain.applications import Case
from bids.models import Question
from bids.models.question_type import QuestionType

_TEXT = {"type": "string"}
_OBJECT = {"type": "object", "additionalProperties": False}
_NAMED_ROW = {"key": _TEXT, "name": _TEXT}
_YEAR_AMOUNT = {"financial_year": {"type": "integer"}, "amount": _TEXT}


@extend_schema_field(
    {
        "description": "Depends on `kind`: text, a number or date as text, pounds as "
        "text, true for a declaration, a list of choices or of file names, a list of "
        "organisations or councils, or pounds by financial year.",
        "anyOf": [
            _TEXT,
            {"type": "boolean"},
            {"type": "array", "items": _TEXT},
            {
                "type": "array",
                "items": {
                    "anyOf": [
                        {
                            **_OBJECT,
                            "properties": _NAMED_ROW,
                            "required": [*_NAMED_ROW],
                        },
                        {
                            **_OBJECT,
                            "properties": _YEAR_AMOUNT,
                            "required": [*_YEAR_AMOUNT],
                        },
                    ]
                },
            },
        ],
    }
)
class PlainValue(serializers.JSONField):
    """A value whose type depends on the question."""


class Answer(serializers.Serializer[object]):
    """An answer to a question of the round, in the version of the form that asked."""

    code = serializers.CharField(help_text="The same in every version of the form.")
    section = serializers.CharField()
    wording = serializers.CharField()
    kind = serializers.ChoiceField(choices=QuestionType.choices)
    value = PlainValue()
    version = serializers.IntegerField()


class CaseDetail(serializers.Serializer[object]):
    """The fields besides those in a list. `facts` maps fields to the names of facts:
    they are empty if the form does not ask for the fact.
    """

    answers = serializers.SerializerMethodField()
    facts: ClassVar[Mapping[str, str]] = {}

    @extend_schema_field(Answer(many=True))
    def get_answers(self, case: Case) -> object:
        values = [
            (question, question_types.json_value(question, case))
            for question in sections.applicable_questions(case)
        ]
        answers = [
            _answer_data(case, question, value) for question, value in values if value
        ]
        return Answer(answers, many=True).data

    def to_representation(self, instance: Any) -> Any:
        facts = {
            question_types.definition_of(question).fact
            for question in sections.applicable_questions(instance)
        }
        data = super().to_representation(instance)
        for name in (name for name, fact in self.facts.items() if fact not in facts):
            data[name] = [] if isinstance(data[name], list) else None
        return data


def _answer_data(case: Case, question: Question, value: object) -> dict[str, object]:
    assert case.question_set is not None, "only questions of a set have answers"
    names = ("code", "section", "wording", "kind")
    data = {name: getattr(question, name) for name in names}
    return data | {"value": value, "version": case.question_set.version}
