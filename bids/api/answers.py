"""What a case says, for whoever reads it alone: its facts as rows, and its answers.

It is what the pages show to the same reader: what an answer no longer calls for is
kept, and is shown by neither.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from bids.domain import question_types, sections
from bids.models import Question
from bids.models.question import QuestionKind

_TEXT = {"type": "string"}
_OBJECT = {"type": "object", "additionalProperties": False}
_NAMED = {"key": _TEXT, "name": _TEXT}
_OF_YEAR = {"financial_year": {"type": "integer"}, "amount": _TEXT}


@extend_schema_field(
    {
        "description": "Text, a number or date as text, pounds as text, true of a "
        "declaration, a list of choices or of files by name, a list of organisations "
        "or councils, or pounds by financial year: as `kind` says.",
        "anyOf": [
            _TEXT,
            {"type": "boolean"},
            {"type": "array", "items": _TEXT},
            {
                "type": "array",
                "items": {
                    "anyOf": [
                        {**_OBJECT, "properties": _NAMED, "required": [*_NAMED]},
                        {**_OBJECT, "properties": _OF_YEAR, "required": [*_OF_YEAR]},
                    ]
                },
            },
        ],
    }
)
class PlainValue(serializers.JSONField):
    """What kind of thing it is depends on the question."""


class Answer(serializers.Serializer[Any]):
    """An answer to a question of the round, in the version of the form that asked."""

    code = serializers.CharField(help_text="The same in every version of the form.")
    section = serializers.CharField()
    wording = serializers.CharField()
    kind = serializers.ChoiceField(choices=QuestionKind.choices)
    value = PlainValue()
    version = serializers.IntegerField()


class Said(serializers.Serializer[Any]):
    """Added to what a row shows in a list. `facts` are the fields that tell of a fact,
    with its name: where the form does not ask for it they say nothing.
    """

    answers = serializers.SerializerMethodField()
    facts: ClassVar[Mapping[str, str]] = {}

    @extend_schema_field(Answer(many=True))
    def get_answers(self, case: Any) -> Any:
        values = [
            (each, question_types.plain(each, case))
            for each in sections.called_for(case)
        ]
        return Answer([_told(case, *one) for one in values if one[1]], many=True).data

    def to_representation(self, instance: Any) -> Any:
        asked = {question_types.of(each).fact for each in sections.called_for(instance)}
        told = super().to_representation(instance)
        for name in (name for name, fact in self.facts.items() if fact not in asked):
            told[name] = [] if isinstance(told[name], list) else None
        return told


def _told(case: Any, question: Question, value: Any) -> dict[str, Any]:
    named = ("code", "section", "wording", "kind")
    told = {name: getattr(question, name) for name in named}
    return told | {"value": value, "version": case.question_set.version}
