"""The form for a comment on an answer."""

from innovation.core import limits
from innovation.web import forms


class CommentForm(forms.Form):
    text = forms.LongTextField(
        label="Your comment",
        help_text="The applicant will read it next to the answer",
        missing="Enter a comment",
        max_length=limits.COMMENT,
    )
