"""The forms for a question to the applicant, and for its answer."""

from innovation.web import forms


class ClarificationForm(forms.Form):
    question = forms.LongTextField(
        label="What do you need to know?",
        help_text="The applicant will read this",
        missing="Enter what you need to know",
    )
    due_on = forms.DateField(
        label="When should they answer by?", missing="Enter the date to answer by"
    )


class ClarificationDateForm(forms.Form):
    due_on = forms.DateField(
        label="New date to answer by", missing="Enter the date to answer by"
    )


class AnswerForm(forms.Form):
    answer = forms.LongTextField(
        label="Your answer", missing="Enter your answer", rows=8
    )
