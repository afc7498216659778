"""The base of a register’s form. Its fields have the names of the model’s fields."""

from collections.abc import Collection, Mapping
from typing import ClassVar

from innovation.registers.models import RegisterRow
from innovation.web import forms
from innovation.web.forms.datetime_fields import DateTimeFieldsMixin


class RegisterForm(DateTimeFieldsMixin, forms.Form):
    moments: ClassVar[Mapping[str, str]] = {}

    def values(self, changed: Collection[str] | None = None) -> dict[str, object]:
        """What the row is to hold; of the fields that changed, or of all."""
        plain = {
            name: self.cleaned_data[name]
            for name in self._plain_fields()
            if changed is None or name in changed
        }
        return plain | self.moment_values(changed)

    @classmethod
    def initial_values(cls, row: RegisterRow) -> dict[str, object]:
        plain = {name: getattr(row, name) for name in cls._plain_fields()}
        return plain | cls.initial_moments(row)

    @classmethod
    def group_title(cls, name: str) -> str:
        """A date and its time are one group."""
        for day, hour in cls.moments.items():
            if name in {day, hour}:
                return str(cls.base_fields[day].label)
        return ""

    @classmethod
    def _plain_fields(cls) -> list[str]:
        timed = {*cls.moments, *cls.moments.values()}
        return [name for name in cls.base_fields if name not in timed]
