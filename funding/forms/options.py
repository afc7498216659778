"""Gives a form's field the options its reader may choose from."""

from collections.abc import Sequence
from typing import Any, cast

from django.db.models import QuerySet
from django.forms import BaseForm

Options = Sequence[tuple[str, str]]


def offer(form: BaseForm, name: str, options: Options) -> None:
    cast(Any, form.fields[name]).choices = options


def draw_from(form: BaseForm, name: str, rows: QuerySet[Any]) -> None:
    cast(Any, form.fields[name]).queryset = rows


def without_optional(form: BaseForm) -> None:
    """For a filter, or where a hint says when an answer is needed: “(optional)” after
    every label says nothing.
    """
    for field in form.fields.values():
        cast(Any, field).silently_optional = True
