"""Writes rows of several models, as many of each as told."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Model

from tests.database_guards import disable_guards

Values = Mapping[str, Any]
"""A function makes a value for each row, an iterator has one for each, and `{}` in a
text is the number of the row.
"""


def add_rows(models: Mapping[type[Model], Values], rows: int, **parent: Model) -> None:
    """Add rows that belong to `parent`, in spite of the guards of their tables."""
    with disable_guards(*models):
        for model, values in models.items():
            for number in range(rows):
                row = {name: _value(each, number) for name, each in values.items()}
                model._default_manager.create(**parent, **row)


def _value(each: Any, number: int) -> Any:
    if callable(each):
        return each()
    if isinstance(each, Iterator):
        return next(each)
    return each.format(number) if isinstance(each, str) else each
