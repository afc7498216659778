"""Reads the list of a resource in one query, with related objects as JSON.

The serializer is used for one row and for the OpenAPI document. For a list it would
take ten times as long. A test compares the two field by field.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    DecimalField,
    F,
    Manager,
    Model,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.expressions import BaseExpression, Combinable
from django.db.models.functions import Cast, JSONObject

_SUFFIX = "_of_row"
"""Keeps names of annotations different from those of fields."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The fields of a row by their names in the response: each a path from the row
    (`"strand__name"`) or an expression. No moment may be inside an object: PostgreSQL
    would write it in its own shape.
    """

    fields: Mapping[str, str | BaseExpression | Combinable]

    def select(
        self, rows: QuerySet[Model], key: str
    ) -> "QuerySet[Model, dict[str, object]]":
        columns = {
            f"{name}{_SUFFIX}": F(source) if isinstance(source, str) else source
            for name, source in self.fields.items()
        }
        return rows.values(key, **columns)

    def as_json(self, values: Mapping[str, Any]) -> dict[str, object]:
        return {name: values[f"{name}{_SUFFIX}"] for name in self.fields}


def related_object(model: type[Model], column: str, *fields: str) -> Subquery:
    """`{"key": …, "name": …}` of the row that `column` refers to, or the value of a
    single field. A subquery, because planning ten joins takes longer than running them.
    """
    related = model._default_manager.filter(pk=OuterRef(column)).order_by()
    if len(fields) == 1:
        return Subquery(related.values(fields[0]))
    json = JSONObject(**{name: F(name) for name in fields})
    return Subquery(related.annotate(json=json).values("json"))


def related_rows(
    rows: "Manager[Model] | QuerySet[Model]",
    lookup: str,
    fields: Mapping[str, object] | str,
) -> ArraySubquery:
    """The rows whose `lookup` is this row: as objects, or the values of one field."""
    related = rows.filter(**{lookup: OuterRef("pk")})
    if isinstance(fields, str):
        return ArraySubquery(related.values(fields))
    json = JSONObject(**fields)
    return ArraySubquery(related.annotate(json=json).values("json"))


def amount_in_pounds(column: str) -> Cast:
    """Pence as pounds in text with two places, as in `MoneyText`."""
    decimal = DecimalField[Any, Any](max_digits=20, decimal_places=2)
    pounds = Cast(F(column), decimal) / Value(100)
    return Cast(Cast(pounds, decimal), TextField())
