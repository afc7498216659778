"""What the constructors of forms and fields take, and what a form's says of its fields
once it knows who reads it.
"""

from collections.abc import Mapping, MutableMapping, Sequence
from typing import Any, TypedDict, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model, QuerySet
from django.utils.datastructures import MultiValueDict

Options = Sequence[tuple[str, str]]
Sent = Mapping[str, object] | MultiValueDict[str, UploadedFile[bytes]] | None
"""The data that was sent, or the files: a form takes one after the other."""


class FormOptions(TypedDict, total=False):
    """What every form takes besides what was sent."""

    initial: MutableMapping[str, object] | None
    prefix: str | None
    auto_id: bool | str


class FieldOptions(TypedDict, total=False):
    """What every field takes."""

    label: str | None
    help_text: str
    required: bool
    initial: object
    disabled: bool
    widget: forms.Widget | type[forms.Widget]
    error_messages: Mapping[str, str]


def set_choices(field: forms.Field, options: Options, *, nothing: str = "") -> None:
    """Let one of these be chosen. A select begins with an empty answer: `nothing`."""
    first = [("", nothing)] if isinstance(field.widget, forms.Select) else []
    cast(forms.ChoiceField, field).choices = [*first, *options]


def set_queryset(field: forms.Field, rows: QuerySet[Model]) -> None:
    """Let one of these rows be chosen; what is outside them cannot be."""
    cast("forms.ModelChoiceField[Model]", field).queryset = rows


def label_with_row(field: forms.Field, row: str) -> None:
    """Let its label begin with the row, such as `Cost 2: `, and its errors too."""
    field.label = f"{row}: {field.label}"
    cast(Any, field).row = row


def hide_optional_marker(*fields: forms.Field) -> None:
    """For a filter, or where a hint or a row says when an answer is needed:
    “(optional)” after every label says nothing.
    """
    for field in fields:
        cast(Any, field).silently_optional = True
