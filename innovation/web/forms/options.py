"""The arguments of the constructors of forms and fields, and functions that change a
form's fields for its user.
"""

from collections.abc import Collection, Mapping, MutableMapping, Sequence
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


def label_with_row(
    field: forms.Field, row: str, *, row_errors: Collection[str] = ()
) -> None:
    """Start the label with the row, such as `Risk 2: `, and the errors with the row and
    the label; with the row alone those that say themselves what they are about.
    """
    place = f"{row}, {str(field.label).rstrip('?')}"
    field.label = f"{row}: {field.label}"
    name_errors(field, place)
    for error in row_errors:
        widen_error(field, error, row)


def name_errors(field: forms.Field, place: str) -> None:
    """Start the errors with where the field stands, such as `2026 to 2027: `."""
    vars(field)["place"] = place


def widen_error(field: forms.Field, error: str, place: str = "") -> None:
    """Start this error with another place than the field's own, or with none, because
    it is about more than this field.
    """
    vars(field).setdefault("wider_errors", {})[error] = place


def hide_optional_marker(*fields: forms.Field) -> None:
    """For a filter, or where a hint or a row says when an answer is needed, so that not
    every label ends in “(optional)”.
    """
    for field in fields:
        vars(field)["silently_optional"] = True
