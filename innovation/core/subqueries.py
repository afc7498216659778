"""Conditions on few rows, which PostgreSQL reads first."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, QuerySet


class InFew(Func):
    """Whether a column is one of the few values of a subquery.

    The subquery runs once, before all joins. With `IN` or `EXISTS` it is a join like
    others; of more than `join_collapse_limit` PostgreSQL does not look for the best
    order, and may read a whole table before it comes to this one.
    """

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()

    def __init__(self, column: str, values: "QuerySet[Any, Any]") -> None:
        super().__init__(F(column), ArraySubquery(values))
