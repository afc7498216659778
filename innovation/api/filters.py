"""The filters of the API's lists."""

import re
from datetime import date
from typing import Any

from django import forms
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


_EMPTY = "Give a value, or leave the parameter out."
_UNKNOWN = "There is no parameter of this name."


class _DayField(forms.Field):
    def to_python(self, value: Any) -> date | None:
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


def text_filter(field: str, max_length: int, description: str = "") -> Any:
    """Filters by equal text of at most so many characters."""
    char_filter = filters.CharFilter(
        field, max_length=max_length, help_text=description
    )
    schema = {
        "type": "string",
        "minLength": 1,
        "maxLength": max_length,
        "pattern": "^[^\\u0000]*$",
    }
    return extend_schema_field(schema)(char_filter)


def day_filter(field: str, lookup: str) -> Any:
    schema = {"type": "string", "format": "date"}
    return extend_schema_field(schema)(_DayFilter(field, lookup))


def yes_or_no_filter(field: str, description: str) -> Any:
    choice_filter = filters.TypedChoiceFilter(
        field,
        choices=[("true", "true"), ("false", "false")],
        coerce=lambda value: value == "true",
        help_text=description,
    )
    return extend_schema_field({"type": "boolean"})(choice_filter)
