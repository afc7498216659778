"""Text and JSON columns whose length the database limits."""

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Combinable

from innovation.core import limits


class Text(models.TextField[str | Combinable, str]):
    """At most `max_length` characters, in forms and in the database."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", limits.TEXT_CEILING)
        super().__init__(*args, **kwargs)
        self.validators.append(MaxLengthValidator(kwargs["max_length"]))

    def db_check(self, connection: BaseDatabaseWrapper) -> str:
        return f'char_length("{self.column}") <= {self.max_length}'


class Json(models.JSONField):
    """At most `most` characters as PostgreSQL writes the JSON as text."""

    def __init__(
        self, *args: Any, most: int = limits.JSON_CEILING, **kwargs: Any
    ) -> None:
        self.most = most
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[object], dict[str, object]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "most": self.most}

    def db_check(self, connection: BaseDatabaseWrapper) -> str:
        return f'char_length("{self.column}"::text) <= {self.most}'


def check_name(table: str, column: str) -> str:
    """PostgreSQL's name for the check of a column that is created with its table."""
    return f"{table}_{column}_check"


def length_limit_of(check: str) -> tuple[str, int] | None:
    """The field whose length this check limits, and its limit."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            is_same_check = check == check_name(model._meta.db_table, str(field.column))
            if is_same_check and isinstance(field, Text):
                return field.name, int(field.max_length or 0)
            if is_same_check and isinstance(field, Json):
                return field.name, field.most
    return None
