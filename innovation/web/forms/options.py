"""The arguments of the constructors of forms and fields, and functions that change a
form's fields for its user.
"""

from collections.abc import Mapping, MutableMapping, Sequence
from typing import TypedDict

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model, QuerySet
from django.utils.datastructures import MultiValueDict

Options = Sequence[tuple[str, str]]
Data = Mapping[str, object]
Files = MultiValueDict[str, UploadedFile[bytes]]
Sent = Data | Files | None
"""The data or the files that were sent: the positional arguments of a form."""


class FormOptions(TypedDict, total=False):
    """The options of every form."""

    initial: MutableMapping[str, object] | None
    prefix: str | None
    auto_id: bool | str


class FieldOptions(TypedDict, total=False):
    """The options of every field."""

    label: str | None
    help_text: str
    required: bool
    initial: object
    disabled: bool
    widget: forms.Widget | type[forms.Widget]
    error_messages: Mapping[str, str]


def set_choices(field: forms.Field, options: Options, *, nothing: str = "") -> None:
    """Set the choices of a field. A select starts with an empty choice: `nothing`."""
    assert isinstance(field, forms.ChoiceField)
    first = [("", nothing)] if isinstance(field.widget, forms.Select) else []
    field.choices = [*first, *options]


def mark_as_typed(field: forms.Field, choice: str) -> None:
    """Say that somebody typed this choice, so that no component that is kept has it."""
    vars(field)["typed_choice"] = choice


def set_queryset(field: forms.Field, rows: QuerySet[Model]) -> None:
    """Set the rows that can be chosen. No others can."""
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows


def label_with_row(field: forms.Field, row: str) -> None:
    """Start the label and the errors with the row, such as `Cost 2: `."""
    field.label = f"{row}: {field.label}"
    vars(field)["row"] = row


def hide_optional_marker(*fields: forms.Field) -> None:
    """For a filter, or where a hint or a row says when an answer is needed, so that not
    every label ends in “(optional)”.
    """
    for field in fields:
        vars(field)["silently_optional"] = True
