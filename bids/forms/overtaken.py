"""Which of two texts of an answer is to stand: theirs, mine, or one of both."""

from collections.abc import Mapping
from typing import Any

from django.forms import HiddenInput

from bids.domain.case_facts import Case
from bids.domain.drafts import Part
from bids.domain.raw_input import Typed
from bids.forms import drafts
from bids.models import AnswerVersion, Question
from bids.models.question import QuestionKind as K
from innovation.web import forms

THEIRS, MINE, BOTH = "theirs", "mine", "both"
TEXTS = {K.LONG_TEXT, K.SUMMARY, K.THEORY_OF_CHANGE, K.EVALUATION_PLAN}


class OvertakenForm(forms.Form):
    """`mine` and `theirs` are versions by the question's code."""

    def __init__(
        self,
        *args: Any,
        case: Case,
        asked: Mapping[str, Question],
        mine: Mapping[str, AnswerVersion],
        theirs: Mapping[str, AnswerVersion],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.asked, self.mine, self.theirs = case, asked, mine, theirs
        for code in asked:
            self._ask(code)

    def _ask(self, code: str) -> None:
        choices = [(THEIRS, "Keep what is saved"), (MINE, "Use what I typed")]
        more: dict[str, Any] = {}
        if self._plain(code):
            choices.append((BOTH, "Combine both"))
            more = {"reveals": {BOTH: [f"both_{code}"]}}
        self.fields[f"choice_{code}"] = forms.ChoiceField(
            choices,
            label=f"Which text do you want for “{self.asked[code].wording}”?",
            missing="Select which text you want",
            **more,
        )
        if self._plain(code):
            self.fields[f"both_{code}"] = forms.LongTextField(
                label="The text of both", rows=12, required=False
            )
            self.initial[f"both_{code}"] = self._together(code)
        self.fields[f"seen_{code}"] = forms.WholeNumberField(
            widget=HiddenInput(), required=False
        )
        self.initial[f"seen_{code}"] = self._number(code)

    def sides(self) -> list[dict[str, Any]]:
        """For the page: both texts of each question, and the fields that ask."""
        return [
            {
                "question": question,
                "mine": drafts.text(self.case, question, self.mine[code].typed),
                "mine_version": self.mine[code],
                "theirs": drafts.text(self.case, question, self._theirs(code)),
                "theirs_version": self.theirs.get(code),
                "field": self[f"choice_{code}"],
                "seen": self[f"seen_{code}"],
            }
            for code, question in self.asked.items()
        ]

    def chosen(self) -> dict[str, Part]:
        """The texts that are to be saved: none where what is saved is to stay."""
        found = {}
        for code, question in self.asked.items():
            choice = self.cleaned_data[f"choice_{code}"]
            typed: Typed = self.mine[code].typed
            if choice == BOTH:
                typed = {code: [self.cleaned_data[f"both_{code}"]]}
            if choice != THEIRS:
                found[code] = drafts.part(self.case, question, typed)
        return found

    def seen(self) -> dict[str, int]:
        return {code: self.cleaned_data[f"seen_{code}"] or 0 for code in self.asked}

    def _plain(self, code: str) -> bool:
        """Whether the answer is one text, of which two can be put together."""
        sides = (self.mine[code].typed, self._theirs(code))
        kind = self.asked[code].kind
        return kind in TEXTS and all(set(typed) <= {code} for typed in sides)

    def _together(self, code: str) -> str:
        sides = (self._theirs(code), self.mine[code].typed)
        texts = [text for typed in sides for text in typed.get(code, [])]
        return "\n\n".join(texts)

    def _theirs(self, code: str) -> Typed:
        return self.theirs[code].typed if code in self.theirs else {}

    def _number(self, code: str) -> int:
        return self.theirs[code].number if code in self.theirs else 0
