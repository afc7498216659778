"""The date of the figures, asked for in three parts or given in the address."""

import re
from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.http import QueryDict

from innovation.web import forms

_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})")


class AsAtForm(forms.Form):
    as_at = forms.DateField(
        label="Show the figures as at", help_text="For example, 28 2 2015"
    )

    def __init__(self, data: Mapping[str, object] | None, *, today: date) -> None:
        super().__init__(data, initial={"as_at": today})
        self.today = today

    def clean_as_at(self) -> date:
        found: date = self.cleaned_data["as_at"]
        if found > self.today:
            raise ValidationError("The date must be today or in the past")
        return found


def as_at_form(query: QueryDict, today: date) -> AsAtForm:
    """Bound where the address names a date: `as_at=2015-02-28`, or its three parts."""
    written = query.get("as_at")
    if written is not None:
        return AsAtForm(_date_parts(written.strip()), today=today)
    if any(f"as_at_{part}" in query for part in ("day", "month", "year")):
        return AsAtForm(query, today=today)
    return AsAtForm(None, today=today)


def _date_parts(written: str) -> Mapping[str, str]:
    """What is no date stays readable in the first box, with the error above it."""
    found = _ISO.fullmatch(written)
    parts = found.groupdict() if found else {"day": written[:40]}
    return {f"as_at_{part}": text for part, text in parts.items()}


def day_of(form: AsAtForm) -> date:
    """The date asked for; today where none was, or none that can be read."""
    if form.is_bound and form.is_valid():
        day: date = form.cleaned_data["as_at"]
        return day
    return form.today
