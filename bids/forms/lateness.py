"""The form for a late entry."""

from datetime import datetime, time
from typing import Any

from innovation.core.clock import LONDON
from innovation.organisations.models import Organisation
from innovation.web import forms

HOURS = [
    (str(hour), f"{hour % 12 or 12}{'pm' if hour >= 12 else 'am'}")
    for hour in range(8, 19)
]


class LateEntryForm(forms.Form):
    organisation = forms.ObjectField(
        Organisation.objects.registered().order_by("name", "pk"),
        label="Which organisation?",
        missing="Select an organisation",
        autocomplete=True,
    )
    until = forms.DateField(
        label="Until which day?", missing="Enter the last day on which they can send"
    )
    hour = forms.ChoiceField(
        HOURS, label="Until what time?", missing="Select a time", select=True
    )
    reason = forms.LongTextField(
        label="Why are you letting them in late?",
        help_text="We keep this with the round. The organisation will not see it.",
        missing="Enter why you are letting them in late",
    )

    def late_entry(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        hour = time(int(data.pop("hour")))
        return {**data, "until": datetime.combine(data["until"], hour, LONDON)}
