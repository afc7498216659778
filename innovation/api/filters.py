"""The filters of the API's lists."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar, Protocol

from django import forms
from django.core.validators import EMPTY_VALUES
from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class StrictFilters(filters.DjangoFilterBackend):
    """Refuses an unknown or empty parameter. If it were ignored, a program that wanted
    a few rows would get them all.
    """

    def filter_queryset(
        self, request: Request, queryset: QuerySet[Any], view: Any
    ) -> QuerySet[Any]:
        known = {*view.filterset_class.base_filters, "limit", "after"}
        problems = {
            name: [_EMPTY if name in known else _UNKNOWN]
            for name, value in request.query_params.items()
            if name not in known or not value
        }
        if problems:
            raise ValidationError(problems)
        filtered: QuerySet[Any] = super().filter_queryset(request, queryset, view)
        return filtered


class Narrowing(Protocol):
    """The filters of a list, in its domain."""

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]: ...


class ListFilters(filters.FilterSet):
    """Reads the parameters of a list that is on a page too. What they mean is said once
    for both: `meaning` takes them by name.
    """

    meaning: ClassVar[Callable[..., Narrowing]]

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        wanted = {
            name: value
            for name, value in self.form.cleaned_data.items()
            if value not in EMPTY_VALUES
        }
        return type(self).meaning(**wanted).narrow(queryset)


_EMPTY = "Give a value, or leave the parameter out."
_UNKNOWN = "There is no parameter of this name."


class _DayField(forms.Field):
    def to_python(self, value: str | None) -> date | None:
        if not value:
            return None
        if _DAY.fullmatch(value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        raise forms.ValidationError("Give a date like 2015-02-28.")


class _DayFilter(filters.Filter):
    field_class = _DayField


def text_filter(
    most: int, description: str = "", field: str | None = None
) -> filters.Filter:
    """Text of at most so many characters; without a `meaning` it is that of `field`."""
    made = filters.CharFilter(field, max_length=most, help_text=description)
    schema = {
        "type": "string",
        "minLength": 1,
        "maxLength": most,
        "pattern": "^[^\\u0000]*$",
    }
    return extend_schema_field(schema)(made)


def day_filter() -> filters.Filter:
    schema = {"type": "string", "format": "date"}
    return extend_schema_field(schema)(_DayFilter())


def yes_or_no_filter(description: str) -> filters.Filter:
    made = filters.TypedChoiceFilter(
        choices=[("true", "true"), ("false", "false")],
        coerce=lambda value: value == "true",
        help_text=description,
    )
    return extend_schema_field({"type": "boolean"})(made)
