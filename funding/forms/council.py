"""The form that asks for which day a council is shown."""

from collections.abc import Mapping
from datetime import date

from innovation.web import forms
from innovation.web.as_at import AsAtForm


class CouncilDayForm(AsAtForm):
    as_at = forms.DateField(
        label="Show the council as at", help_text="For example, 28 2 2015"
    )
    known_on = forms.DateField(
        label="As this service knew it on",
        help_text="Leave it empty for what we know now",
        required=False,
    )

    def __init__(self, data: Mapping[str, object] | None, *, today: date) -> None:
        super().__init__(data, today=today)
        forms.hide_optional_marker(self.fields["known_on"])
