"""The form for choosing between two texts of an answer, or combining them."""

from collections.abc import Mapping
from typing import Unpack

from django.forms import HiddenInput

from bids.domain.answer_versions import DraftAnswer, RawInput
from bids.domain.applications import Case
from bids.forms import draft
from bids.models import AnswerVersion, Question
from bids.models.question_type import QuestionType as K
from innovation.web import forms

THEIRS, MINE, BOTH = "theirs", "mine", "both"
TEXT_KINDS = {K.LONG_TEXT, K.SUMMARY, K.THEORY_OF_CHANGE, K.EVALUATION_PLAN}


class EditConflictForm(forms.Form):
    """`mine` and `theirs` are versions by the question's code."""

    def __init__(
        self,
        *args: forms.Sent,
        case: Case,
        questions: Mapping[str, Question],
        mine: Mapping[str, AnswerVersion],
        theirs: Mapping[str, AnswerVersion],
        **kwargs: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.questions = case, questions
        self.mine, self.theirs = mine, theirs
        for code in questions:
            self._add_choice(code)

    def _add_choice(self, code: str) -> None:
        choices = [(THEIRS, "Keep what is saved"), (MINE, "Use what I typed")]
        reveals: dict[str, list[str]] = {}
        if self._is_one_text(code):
            choices.append((BOTH, "Combine both"))
            reveals = {BOTH: [f"both_{code}"]}
        self.fields[f"choice_{code}"] = forms.ChoiceField(
            choices,
            label=f"Choose a text for “{self.questions[code].wording}”",
            missing=f"Select a text for “{self.questions[code].wording}”",
            reveals=reveals,
        )
        if self._is_one_text(code):
            self.fields[f"both_{code}"] = forms.LongTextField(
                label="Combined text", rows=12, required=False
            )
            self.initial[f"both_{code}"] = self._combined_text(code)
        self.fields[f"seen_{code}"] = forms.WholeNumberField(
            widget=HiddenInput(), required=False
        )
        self.initial[f"seen_{code}"] = self._their_number(code)

    def sides(self) -> list[dict[str, object]]:
        """Both texts of each question, and the fields for the choice."""
        sides: list[dict[str, object]] = []
        for code, question in self.questions.items():
            mine, theirs = (
                draft.labelled_texts(self.case, question, raw)
                for raw in (self.mine[code].raw_input, self._their_input(code))
            )
            sides.append(
                {
                    "question": question,
                    "mine": mine,
                    "mine_version": self.mine[code],
                    "theirs": theirs,
                    "theirs_version": self.theirs.get(code),
                    "differences": draft.compare(theirs, mine),
                    "field": self[f"choice_{code}"],
                    "seen": self[f"seen_{code}"],
                }
            )
        return sides

    def chosen_answers(self) -> dict[str, DraftAnswer]:
        """The texts to save, without questions for which the saved text stays."""
        answers = {}
        for code, question in self.questions.items():
            choice = self.cleaned_data[f"choice_{code}"]
            raw_input: RawInput = self.mine[code].raw_input
            if choice == BOTH:
                raw_input = {code: [self.cleaned_data[f"both_{code}"]]}
            if choice != THEIRS:
                answers[code] = draft.from_input(self.case, question, raw_input)
        return answers

    def seen_numbers(self) -> dict[str, int]:
        return {code: self.cleaned_data[f"seen_{code}"] or 0 for code in self.questions}

    def _is_one_text(self, code: str) -> bool:
        """Whether the answer is one text, so that two can be combined."""
        inputs = (self.mine[code].raw_input, self._their_input(code))
        kind = self.questions[code].kind
        return kind in TEXT_KINDS and all(set(raw) <= {code} for raw in inputs)

    def _combined_text(self, code: str) -> str:
        inputs = (self._their_input(code), self.mine[code].raw_input)
        texts = [text for raw in inputs for text in raw.get(code, [])]
        return "\n\n".join(texts)

    def _their_input(self, code: str) -> RawInput:
        return self.theirs[code].raw_input if code in self.theirs else {}

    def _their_number(self, code: str) -> int:
        return self.theirs[code].number if code in self.theirs else 0
