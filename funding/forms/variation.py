"""Changes asked for and answered."""

from innovation.web import forms


class AskChangeForm(forms.Form):
    what_changes = forms.LongTextField(
        label="What would change?", missing="Enter what would change"
    )
    reason = forms.LongTextField(label="Why?", missing="Enter why")


class AnswerChangeForm(forms.Form):
    verdict = forms.ChoiceField(
        [("agree", "Agree"), ("refuse", "Refuse")],
        label="Your answer",
        missing="Select your answer",
    )
    answer = forms.LongTextField(
        label="What do you want to tell the recipient?",
        help_text="A refusal needs a reason",
        required=False,
    )
