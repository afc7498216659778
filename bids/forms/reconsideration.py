"""The forms with which an applicant asks, and an official answers."""

from innovation.web import forms

ANSWERS = [
    ("uphold", "Uphold the decision: it stays declined"),
    ("overturn", "Set the decision aside: it is considered again"),
]


class AskForm(forms.Form):
    grounds = forms.LongTextField(
        label="Why do you think the decision is wrong?",
        help_text="Say what we misread or left out. An official who did not take the "
        "decision will read it",
        missing="Enter why you think the decision is wrong",
        max_words=500,
        rows=8,
    )


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        ANSWERS, label="What is your answer?", missing="Select your answer"
    )
    reasons = forms.LongTextField(
        label="What are your reasons?",
        help_text="The applicant will read this",
        missing="Enter the reasons for your answer",
    )
