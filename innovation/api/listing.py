"""Reads the list of a resource in one query, with related objects as JSON.

The serializer is used for one row and for the OpenAPI document. For a list it would
take ten times as long. A test compares the two field by field.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
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
from django.utils import timezone

_SUFFIX = "_of_row"
"""Keeps names of annotations different from those of fields."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The fields of a row by their names in the response: each a path from the row
    (`"strand__name"`) or an expression. Those in `times` are date-times.
    """

    fields: Mapping[str, str | BaseExpression | Combinable]
    times: frozenset[str] = field(default_factory=frozenset)

    def select(
        self, rows: QuerySet[Model], key: str
    ) -> "QuerySet[Model, dict[str, object]]":
        columns = {
            f"{name}{_SUFFIX}": F(shown) if isinstance(shown, str) else shown
            for name, shown in self.fields.items()
        }
        return rows.values(key, **columns)

    def as_json(self, values: Mapping[str, Any]) -> dict[str, object]:
        shown = {name: values[f"{name}{_SUFFIX}"] for name in self.fields}
        return shown | {name: _moment(shown[name]) for name in self.times}


def related_object(model: type[Model], column: str, *fields: str) -> Subquery:
    """`{"key": …, "name": …}` of the row that `column` refers to. It is a subquery,
    because planning ten joins takes PostgreSQL longer than running them.
    """
    related = model._default_manager.filter(pk=OuterRef(column)).order_by()
    if len(fields) == 1:
        return Subquery(related.values(fields[0]))
    shown = JSONObject(**{name: F(name) for name in fields})
    return Subquery(related.annotate(of_one=shown).values("of_one"))


def related_rows(
    rows: "Manager[Model] | QuerySet[Model]",
    back: str,
    shown: Mapping[str, object] | str,
) -> ArraySubquery:
    """The rows that refer to this one with `back`: as objects, or one column."""
    tied = rows.filter(**{back: OuterRef("pk")})
    if isinstance(shown, str):
        return ArraySubquery(tied.values(shown))
    return ArraySubquery(tied.annotate(of_one=JSONObject(**shown)).values("of_one"))


def amount_in_pounds(column: str) -> Cast:
    """Pence as pounds in text with two places, as in `MoneyText`."""
    exact = DecimalField[Any, Any](max_digits=20, decimal_places=2)
    whole = Cast(F(column), exact) / Value(100)
    return Cast(Cast(whole, exact), TextField())


def _moment(value: datetime | None) -> str | None:
    """A date-time as DRF's field writes it."""
    if value is None:
        return None
    written = timezone.localtime(value).isoformat()
    return f"{written[:-6]}Z" if written.endswith("+00:00") else written
