"""The database names of fields, for the SQL that is built here."""

from typing import Any

from django.db import models

Model = type[models.Model]


def column_of(model: Model, name: str) -> str:
    field: Any = model._meta.get_field(name)
    return str(field.column)


def target_of(model: Model, name: str) -> Model:
    """The model that a foreign key points at."""
    target = model._meta.get_field(name).related_model
    assert isinstance(target, type)
    return target
