"""The database names of fields, for the SQL that is built here."""

from django.db import models

from innovation.core.columns import column_field

Model = type[models.Model]


def column_of(model: Model, name: str) -> str:
    return str(column_field(model, name).column)


def target_of(model: Model, name: str) -> Model:
    """The model that a foreign key points at."""
    target = model._meta.get_field(name).related_model
    assert isinstance(target, type)
    return target
