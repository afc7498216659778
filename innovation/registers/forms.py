"""The base of a register’s form. Its fields have the names of the model’s fields."""

from collections.abc import Collection, Mapping
from typing import ClassVar

from innovation.registers.models import RegisterRow
from innovation.web import forms
from innovation.web.forms.datetime_fields import DateTimeFieldsMixin


class RegisterForm(DateTimeFieldsMixin, forms.Form):
    moments: ClassVar[Mapping[str, str]] = {}

    def values(self, changed: Collection[str] | None = None) -> dict[str, object]:
        """The new values of the row: of the changed fields, or of all."""
        plain_values = {
            name: self.cleaned_data[name]
            for name in self._plain_fields()
            if changed is None or name in changed
        }
        return plain_values | self.moment_values(changed)

    @classmethod
    def initial_values(cls, row: RegisterRow) -> dict[str, object]:
        plain_values = {name: getattr(row, name) for name in cls._plain_fields()}
        return plain_values | cls.initial_moments(row)

    @classmethod
    def group_title(cls, name: str) -> str:
        """The label of a date, which is one group with its time; otherwise none."""
        for date_field, time_field in cls.moments.items():
            if name in {date_field, time_field}:
                return str(cls.base_fields[date_field].label)
        return ""

    @classmethod
    def _plain_fields(cls) -> list[str]:
        moment_fields = {*cls.moments, *cls.moments.values()}
        return [name for name in cls.base_fields if name not in moment_fields]
