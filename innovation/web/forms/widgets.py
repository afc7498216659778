"""Widgets of GOV.UK that Django does not have."""

from collections.abc import Mapping
from datetime import date

from django import forms

from innovation.core.lines import plain_value

PARTS = ("day", "month", "year")


class MoneyInput(forms.TextInput):
    """A text input with a pound sign before it."""


class DateParts(forms.Widget):
    """A date as day, month and year: `name_day`, `name_month`, `name_year`.

    The raw value is a dictionary of the three texts, so that a wrong date is shown
    again as it was typed.
    """

    def value_from_datadict(
        self, data: Mapping[str, object], files: object, name: str
    ) -> dict[str, str]:
        return {
            part: plain_value(str(data.get(f"{name}_{part}", ""))) for part in PARTS
        }

    def value_omitted_from_data(
        self, data: Mapping[str, object], files: object, name: str
    ) -> bool:
        return not any(f"{name}_{part}" in data for part in PARTS)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}-day"

    @staticmethod
    def parts_of(value: object) -> dict[str, str]:
        if isinstance(value, date):
            return {part: str(getattr(value, part)) for part in PARTS}
        if isinstance(value, Mapping):
            return {part: str(value.get(part, "")) for part in PARTS}
        return dict.fromkeys(PARTS, "")
