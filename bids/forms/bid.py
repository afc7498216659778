"""The form for returning a bid to its applicant."""

from innovation.web import forms


class ReturnForm(forms.Form):
    reason = forms.LongTextField(
        label="What does the bid still need?",
        help_text="The applicant will read this",
        missing="Enter what the bid still needs",
    )
