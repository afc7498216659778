"""A list of a resource in one query: PostgreSQL gathers what hangs on each row.

The serializer reads a row for one thing and describes it in the API's document; for a
list it costs ten times as much. A test holds the two equal, field by field.
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
"""Keeps an annotation's name apart from the model's own field."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What a row of the list shows, by the name it has in the answer: a path from
    the row (`"strand__name"`) or an expression. Those in `times` are moments.
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

    def as_json(self, found: Mapping[str, Any]) -> dict[str, object]:
        shown = {name: found[f"{name}{_SUFFIX}"] for name in self.fields}
        return shown | {name: _moment(shown[name]) for name in self.times}


def related_object(model: type[Model], column: str, *fields: str) -> Subquery:
    """`{"key": …, "name": …}` of the row that `column` points at. By sub-select:
    PostgreSQL plans ten joins for longer than it takes to walk them.
    """
    found = model._default_manager.filter(pk=OuterRef(column)).order_by()
    if len(fields) == 1:
        return Subquery(found.values(fields[0]))
    shown = JSONObject(**{name: F(name) for name in fields})
    return Subquery(found.annotate(of_one=shown).values("of_one"))


def related_rows(
    rows: "Manager[Model] | QuerySet[Model]",
    back: str,
    shown: Mapping[str, object] | str,
) -> ArraySubquery:
    """Of every row that `back` ties to this one: an object, or one column alone."""
    tied = rows.filter(**{back: OuterRef("pk")})
    if isinstance(shown, str):
        return ArraySubquery(tied.values(shown))
    return ArraySubquery(tied.annotate(of_one=JSONObject(**shown)).values("of_one"))


def amount_in_pounds(column: str) -> Cast:
    """Pence as pounds in text with two places, as `MoneyText` writes them."""
    exact = DecimalField[Any, Any](max_digits=20, decimal_places=2)
    whole = Cast(F(column), exact) / Value(100)
    return Cast(Cast(whole, exact), TextField())


def _moment(value: datetime | None) -> str | None:
    """As DRF's own field writes it."""
    if value is None:
        return None
    written = timezone.localtime(value).isoformat()
    return f"{written[:-6]}Z" if written.endswith("+00:00") else written
