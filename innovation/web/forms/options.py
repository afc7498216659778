"""What a form's constructor says of its fields once it knows who reads it."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.db.models import QuerySet

Options = Sequence[tuple[str, str]]


def set_choices(field: forms.Field, options: Options, *, nothing: str = "") -> None:
    """Let one of these be chosen. A select begins with an empty answer: `nothing`."""
    first = [("", nothing)] if isinstance(field.widget, forms.Select) else []
    cast(forms.ChoiceField, field).choices = [*first, *options]


def set_queryset(field: forms.Field, rows: QuerySet[Any]) -> None:
    """Let one of these rows be chosen; what is outside them cannot be."""
    cast("forms.ModelChoiceField[Any]", field).queryset = rows


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
