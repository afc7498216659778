"""The forms for questions to the applicant, and for the answers."""

from collections.abc import Sequence
from typing import Unpack

from bids.domain.clarifications import MOST_QUESTIONS, NewQuestion, answer_name
from bids.models import Clarification, Question
from innovation.web import forms

_NOTHING = "No answer in particular"


class ClarificationForm(forms.Form):
    """Some questions, each about an answer or none; all but the first can be empty."""

    def __init__(
        self,
        *args: forms.Sent,
        about: Sequence[Question],
        **kwargs: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [(question.code, question.wording) for question in about]
        for number in range(1, MOST_QUESTIONS + 1):
            self._add_question(number, choices)
        self.fields["due_on"] = forms.DateField(
            label="When should they answer by?", missing="Enter the date to answer by"
        )

    def _add_question(self, number: int, choices: forms.Options) -> None:
        is_first = number == 1
        text = forms.LongTextField(
            label="What do you need to know?" if is_first else f"Question {number}",
            help_text="The applicant will read this" if is_first else "",
            missing="Enter what you need to know",
            required=is_first,
            rows=5 if is_first else 3,
        )
        about = forms.ChoiceField(
            [],
            label="Which answer is it about?"
            if is_first
            else f"Which answer is question {number} about?",
            missing="Select an answer from the list",
            select=True,
            required=False,
        )
        forms.set_choices(about, choices, nothing=_NOTHING)
        forms.hide_optional_marker(about)
        self.fields[_name("question", number)] = text
        self.fields[_name("about", number)] = about

    def questions(self) -> list[NewQuestion]:
        data = self.cleaned_data
        return [
            NewQuestion(data[_name("question", number)], data[_name("about", number)])
            for number in range(1, MOST_QUESTIONS + 1)
            if data[_name("question", number)]
        ]


class ClarificationDateForm(forms.Form):
    due_on = forms.DateField(
        label="New date to answer by", missing="Enter the date to answer by"
    )


class AnswerForm(forms.Form):
    """An answer to each question. Those that are empty can be saved, and not sent."""

    def __init__(
        self,
        *args: forms.Sent,
        clarification: Clarification,
        **kwargs: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **kwargs)
        asked = list(clarification.questions.all())
        texts = {question.number: question for question in asked}
        self.numbers = list(texts) or [0]
        for number in self.numbers:
            question = texts.get(number)
            self.fields[answer_name(number)] = field = forms.LongTextField(
                label=f"{number}. {question.text}"
                if question is not None and len(asked) > 1
                else "Your answer",
                required=False,
                rows=8,
            )
            forms.hide_optional_marker(field)

    def answers(self) -> dict[int, str]:
        return {
            number: self.cleaned_data[answer_name(number)] for number in self.numbers
        }


def _name(part: str, number: int) -> str:
    return part if number == 1 else f"{part}_{number}"
