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

from innovation.core.lines import single_line
from innovation.core.parameters import GIVEN_TWICE

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class StrictFilters(filters.DjangoFilterBackend):
    """Refuses a parameter that is unknown, empty or given twice. If it were ignored, a
    program that wanted a few rows would get them all.
    """

    def filter_queryset(
        self, request: Request, queryset: QuerySet[Any], view: Any
    ) -> QuerySet[Any]:
        known = {*view.filterset_class.base_filters, "limit", "after"}
        problems = {
            name: [_EMPTY if name in known else _UNKNOWN]
            for name, value in request.query_params.items()
            if name not in known or not value
        } | {
            name: [GIVEN_TWICE]
            for name, values in request.query_params.lists()
            if len(values) > 1
        }
        if problems:
            raise ValidationError(problems)
        filtered: QuerySet[Any] = super().filter_queryset(request, queryset, view)
        return filtered


class DomainFilters(Protocol):
    """The filters of a list, with what they mean: a class of its domain."""

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]: ...


class ListFilters(filters.FilterSet):
    """The parameters of a list that a page has too. Both apply them with `meaning`,
    which takes them by name, so that each means the same on the page and here.
    """

    meaning: ClassVar[Callable[..., DomainFilters]]

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        filters = {
            name: value
            for name, value in self.form.cleaned_data.items()
            if value not in EMPTY_VALUES
        }
        return type(self).meaning(**filters).narrow(queryset)


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


class _LineField(forms.CharField):
    """A text is judged as a person sees it."""

    def to_python(self, value: str | None) -> str:
        text = super().to_python(value) or ""
        if "\x00" in text:
            raise forms.ValidationError("Take out the null character, U+0000.")
        line = single_line(text)
        if text and not line:
            raise forms.ValidationError(_EMPTY)
        return line


class _LineFilter(filters.CharFilter):
    field_class = _LineField


def text_filter(
    max_length: int, description: str = "", field: str | None = None
) -> filters.Filter:
    """A text. A `ListFilters` needs no `field`, because its `meaning` applies it."""
    text = _LineFilter(field, max_length=max_length, help_text=description)
    schema = {
        "type": "string",
        "minLength": 1,
        "maxLength": max_length,
    }
    return extend_schema_field(schema)(text)


def day_filter() -> filters.Filter:
    schema = {"type": "string", "format": "date"}
    return extend_schema_field(schema)(_DayFilter())


def yes_or_no_filter(description: str) -> filters.Filter:
    choice = filters.TypedChoiceFilter(
        choices=[("true", "true"), ("false", "false")],
        coerce=lambda value: value == "true",
        help_text=description,
    )
    return extend_schema_field({"type": "boolean"})(choice)
