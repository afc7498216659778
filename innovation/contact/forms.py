"""The form for feedback on the service, and the filter of the list of it."""

from django.forms import HiddenInput

from innovation.core import limits
from innovation.web import forms


class ServiceFeedbackForm(forms.Form):
    """`page` is the address that the sender came from."""

    text = forms.LongTextField(
        label="What do you want to tell us?",
        help_text=(
            "For example, what went well, or what you were trying to do when something "
            "went wrong. Do not include anything about a child or a family."
        ),
        missing="Enter what you want to tell us",
        max_length=limits.SERVICE_FEEDBACK,
        rows=8,
    )
    email = forms.EmailField(
        label="Your email address",
        help_text="Only give this if you want us to reply",
        required=False,
    )
    page = forms.TextField(
        widget=HiddenInput, required=False, max_length=limits.ADDRESS
    )


class ServiceFeedbackFilter(forms.FilterForm):
    state = forms.ChoiceField(
        [("", "To deal with"), ("settled", "Dealt with"), ("all", "All")],
        label="Show",
        required=False,
        select=True,
    )
