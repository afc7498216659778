"""Form fields of support needs and barriers."""

from collections.abc import Mapping
from typing import ClassVar

from bids.domain.applications import Case
from bids.forms.question_types.question_fields import (
    Fields,
    FieldValues,
    QuestionField,
    Submitted,
)
from bids.forms.question_types.rows import Rows
from bids.models import Question
from bids.models.expression import SupportKind
from bids.models.question_type import QuestionType as K
from innovation.web import forms

_KINDS_WITH_DETAIL = (SupportKind.BROKERING, SupportKind.EVALUATION, SupportKind.OTHER)


class Support(QuestionField):
    def fields(self, question: Question, case: Case, submitted: Submitted) -> Fields:
        details = {f"detail_{kind.value}": kind.value for kind in _KINDS_WITH_DETAIL}
        kinds = forms.MultipleChoiceField(
            SupportKind,
            label=question.wording,
            help_text=question.hint,
            required=False,
            reveals={
                kind: [f"{question.code}__{suffix}"] for suffix, kind in details.items()
            },
        )
        detail_fields = {
            suffix: forms.LongTextField(label="Tell us more", rows=3, required=False)
            for suffix in details
        }
        return {"": kinds, **detail_fields}

    def initial(self, question: Question, case: Case) -> dict[str, object]:
        if not case.pk:
            return {"": []}
        needs = list(case.support.all())
        values: dict[str, object] = {"": [need.kind for need in needs]}
        return values | {f"detail_{need.kind}": need.detail for need in needs}

    def value(self, values: FieldValues) -> list[dict[str, str]]:
        return [
            {"kind": kind, "detail": values.get(f"detail_{kind}") or ""}
            for kind in values[""]
        ]


class Barriers(Rows):
    name = "barriers"
    row_label = "Law or rule"
    row_noun = "law or rule"
    columns: ClassVar = {
        "law_or_rule": lambda: forms.TextField(label="name"),
        "what_it_stops": lambda: forms.LongTextField(
            label="what it stops you from doing", rows=2
        ),
    }
    required_columns: ClassVar = {
        "law_or_rule": "Enter the law or rule",
        "what_it_stops": "Enter what it stops you from doing",
    }


QUESTION_FIELDS: Mapping[str, QuestionField] = {
    K.SUPPORT: Support(),
    K.BARRIERS: Barriers(),
}
