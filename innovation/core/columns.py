"""Looks up a field that is a column of its model's table."""

from django.db import models


def column_field(
    model: type[models.Model], name: str
) -> "models.Field[object, object]":
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field), f"{name} is not a column"
    return field
