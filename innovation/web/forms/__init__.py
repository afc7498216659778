"""Plain Django forms, drawn as GOV.UK components.

`forms.Form` from here and `forms.Form` from Django draw alike: the renderer named in
the settings does it, so that the sign-in pages' forms need no change.
"""

from collections.abc import Mapping, Sequence
from typing import Unpack

from django import forms

from innovation.core.child_data import Finding
from innovation.web.forms import child_data
from innovation.web.forms.choices import ChoiceField, MultipleChoiceField, ObjectField
from innovation.web.forms.fields import (
    DateField,
    EmailField,
    FileField,
    LongTextField,
    MoneyField,
    TextField,
    TickField,
    TimeField,
    WholeNumberField,
)
from innovation.web.forms.file_fields import FilesField, FilesInput
from innovation.web.forms.options import (
    FieldOptions,
    FormOptions,
    Options,
    Sent,
    hide_optional_marker,
    label_with_row,
    set_choices,
    set_queryset,
)
from innovation.web.forms.problems import add_problems
from innovation.web.forms.renderer import GovukRenderer


class Form(forms.Form):
    """A form of questions. Text that looks as if it told of a child is asked about
    before it is kept: `child_data` has what was found, by field.
    """

    checks_child_data = True
    confirmed = False

    def __init__(self, *sent: Sent, **options: Unpack[FormOptions]) -> None:
        super().__init__(*sent, **options)  # type: ignore[arg-type]  # data, then files
        self.child_data: Mapping[str, Sequence[Finding]] = {}

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and self.checks_child_data:
            child_data.check(self)

    @property
    def confirmation(self) -> forms.BoundField | None:
        """The box to tick, for templates that draw the fields one by one."""
        return self[child_data.FIELD] if child_data.FIELD in self.fields else None


class FilterForm(forms.Form):
    """Narrows a list; every field is `required=False`."""

    is_filter = True

    def __init__(self, *sent: Sent, **options: Unpack[FormOptions]) -> None:
        super().__init__(*sent, **options)  # type: ignore[arg-type]  # data, then files


__all__ = [
    "ChoiceField",
    "DateField",
    "EmailField",
    "FieldOptions",
    "FileField",
    "FilesField",
    "FilesInput",
    "FilterForm",
    "Form",
    "FormOptions",
    "GovukRenderer",
    "LongTextField",
    "MoneyField",
    "MultipleChoiceField",
    "ObjectField",
    "Options",
    "Sent",
    "TextField",
    "TickField",
    "TimeField",
    "WholeNumberField",
    "add_problems",
    "hide_optional_marker",
    "label_with_row",
    "set_choices",
    "set_queryset",
]
