"""A model's columns: its fields of the database, apart from relations back to it."""

from django.db import models


def column_field(
    model: type[models.Model], name: str
) -> "models.Field[object, object]":
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field), f"{name} is no column"
    return field
