"""The forms for editing a round's questions."""

from typing import Unpack

from bids.domain import question_types, sections
from bids.models import Question, QuestionSet
from innovation.core import limits
from innovation.web import forms

_EQUALS = "="
UP = "up"
DIRECTIONS = [(UP, "Up"), ("down", "Down")]
FIELD_GROUPS = dict.fromkeys(("kind", "choices", "word_limit"), "Kind of answer")
"""Fields that depend on the type of the question."""


class QuestionForm(forms.Form):
    section = forms.TextField(
        label="Section",
        help_text="Questions of one section are on one page",
        max_length=80,
        missing="Enter a section",
    )
    code = forms.TextField(
        label="Code",
        help_text="Use the same code for the same question in every version, and in "
        "the bid, so that nobody answers it twice",
        max_length=50,
        missing="Enter a code",
        autofill="off",
    )
    wording = forms.TextField(
        label="Question", max_length=300, missing="Enter the question"
    )
    hint = forms.LongTextField(label="Hint", rows=2, required=False)
    kind = forms.ChoiceField(
        [],
        label="Kind of answer",
        help_text="You can ask for a fact such as the title, the money or the outcomes "
        "once. Lists and reports use these facts",
        missing="Select a kind of answer",
        select=True,
    )
    choices = forms.LongTextField(
        label="Answers to choose from",
        help_text="Enter one answer per line",
        required=False,
    )
    required = forms.TickField(label="Must be answered", required=False)
    word_limit = forms.WholeNumberField(
        label="Word limit", min_value=1, max_value=limits.WORDS, required=False
    )
    shown_only_if = forms.ChoiceField(
        [],
        label="Shown only if",
        help_text="An answer to another question. Leave empty to always show it",
        select=True,
        required=False,
    )
    criterion = forms.ObjectField(
        label="Criterion it is about", by="pk", select=True, required=False
    )

    def __init__(
        self,
        *args: forms.Sent,
        question_set: QuestionSet,
        question: Question | None = None,
        **kwargs: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **kwargs)
        rules = _rule_choices(question_set, question)
        forms.set_choices(
            self.fields["kind"], question_types.types_for_stage(question_set.stage)
        )
        forms.set_choices(self.fields["shown_only_if"], rules)
        forms.set_queryset(self.fields["criterion"], question_set.round.criteria.all())

    @staticmethod
    def initial_values(question: Question) -> dict[str, object]:
        names = ("section", "code", "wording", "hint", "kind", "required", "word_limit")
        rule = question.shown_only_if
        return {
            **{name: getattr(question, name) for name in names},
            "choices": "\n".join(question.choices),
            "criterion": question.criterion_id,
            "shown_only_if": _EQUALS.join([rule["code"], rule["answer"]])
            if rule
            else "",
        }

    def clean_choices(self) -> list[str]:
        lines = (self.cleaned_data["choices"] or "").splitlines()
        return [line.strip() for line in lines if line.strip()]

    def clean_shown_only_if(self) -> dict[str, str]:
        code, _, answer = self.cleaned_data["shown_only_if"].partition(_EQUALS)
        return {"code": code, "answer": answer} if code else {}

    def clean(self) -> dict[str, object]:
        kind = question_types.DEFINITIONS.get(self.cleaned_data.get("kind", ""))
        if kind is not None and not kind.offers_choices:
            self.cleaned_data["choices"] = []
        elif kind is not None and not self.cleaned_data.get("choices"):
            self.add_error("choices", "Enter the answers to choose from")
        return self.cleaned_data


class SelectQuestionForm(forms.Form):
    """Selects a question of the set."""

    question = forms.ObjectField(
        label="Which question?", by="code", missing="Select a question"
    )

    def __init__(
        self,
        *args: forms.Sent,
        question_set: QuestionSet,
        **kwargs: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **kwargs)
        forms.set_queryset(self.fields["question"], question_set.questions.all())


class MoveForm(SelectQuestionForm):
    to = forms.ChoiceField(DIRECTIONS, label="Move it up or down?")


class MoveSectionForm(forms.Form):
    section = forms.ChoiceField([], label="Which section?", missing="Select a section")
    to = forms.ChoiceField(DIRECTIONS, label="Move it up or down?")

    def __init__(
        self,
        *args: forms.Sent,
        question_set: QuestionSet,
        **kwargs: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **kwargs)
        titles = {sections.slug_of(q): q.section for q in question_set.questions.all()}
        forms.set_choices(self.fields["section"], list(titles.items()))


def _rule_choices(
    question_set: QuestionSet, question: Question | None
) -> list[tuple[str, str]]:
    return [
        (f"{other.code}{_EQUALS}{choice}", f"{other.wording} {choice}")
        for other in question_set.questions.all()
        if other != question
        for choice in other.choices
    ]
