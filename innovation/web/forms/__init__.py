"""Django forms, rendered as GOV.UK components.

The renderer in the settings draws all forms, so that the forms of the sign-in library
need no change.
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Unpack

from django import forms
from django.utils.datastructures import MultiValueDict

from innovation.core.child_data import Finding
from innovation.web.forms import child_data
from innovation.web.forms.choices import ChoiceField, MultipleChoiceField, ObjectField
from innovation.web.forms.fields import (
    OTHERS,
    DateField,
    DecimalField,
    EmailField,
    FileField,
    LongTextField,
    MoneyField,
    PartialDateField,
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
    mark_as_typed,
    name_errors,
    set_choices,
    set_queryset,
    widen_error,
)
from innovation.web.forms.problems import add_problems
from innovation.web.forms.renderer import GovukRenderer

MORE = "more"
"""In the query string of a list: all of its filters are shown."""


class _BaseForm(forms.Form):
    """Accepts `*args: Sent` from subclasses, which do not tell data and files apart."""

    def __init__(
        self, data: Sent = None, files: Sent = None, **options: Unpack[FormOptions]
    ) -> None:
        assert files is None or isinstance(files, MultiValueDict)
        super().__init__(data, files, **options)


class Form(_BaseForm):
    """A form that asks about text that may identify a child before it is saved.
    `child_data` has the findings of each field.
    """

    checks_child_data = True
    confirmed = False

    def __init__(self, *args: Sent, **options: Unpack[FormOptions]) -> None:
        super().__init__(*args, **options)
        self.child_data: Mapping[str, Sequence[Finding]] = {}

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and self.checks_child_data:
            child_data.check(self)

    @property
    def confirmation(self) -> forms.BoundField | None:
        """The confirmation checkbox, for templates that draw fields one by one."""
        return self[child_data.FIELD] if child_data.FIELD in self.fields else None


class FilterForm(_BaseForm):
    """The filters of a list; every field is `required=False`.

    Those of `more_fields` are there once somebody asked for more filters, or uses one.
    """

    is_filter = True
    more_fields: ClassVar[Sequence[str]] = ()

    def __init__(self, *args: Sent, **options: Unpack[FormOptions]) -> None:
        super().__init__(*args, **options)
        self.has_asked_for_more = bool(self.more_fields) and MORE in self.data
        self.shows_more = self.has_asked_for_more or any(
            self.data.get(name) for name in self.more_fields
        )
        if not self.shows_more:
            for name in self.more_fields:
                del self.fields[name]

    @property
    def offers_more(self) -> bool:
        return bool(self.more_fields) and not self.shows_more


__all__ = [
    "OTHERS",
    "ChoiceField",
    "DateField",
    "DecimalField",
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
    "PartialDateField",
    "Sent",
    "TextField",
    "TickField",
    "TimeField",
    "WholeNumberField",
    "add_problems",
    "hide_optional_marker",
    "label_with_row",
    "mark_as_typed",
    "name_errors",
    "set_choices",
    "set_queryset",
    "widen_error",
]
