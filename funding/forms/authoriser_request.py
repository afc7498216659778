"""The form that asks an authoriser to act on a grant."""

from collections.abc import Mapping
from typing import Unpack

from innovation.web import forms


class AskAuthoriserForm(forms.Form):
    act = forms.ChoiceField(
        [], label="What should they do?", missing="Select what they should do"
    )

    def __init__(
        self,
        *args: forms.Sent,
        acts: Mapping[str, str],
        **options: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **options)
        choices = [(key, f"{act[0].upper()}{act[1:]}") for key, act in acts.items()]
        forms.set_choices(self.fields["act"], choices)
