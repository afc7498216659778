"""Whether what a kept statement finds is what the query would find.

Wherever a query is kept, the tests compare what is written: see `tests/conftest.py`.
Here what was prepared is run, and what Django wrote for the same reader, and each row
must be the same.
"""

import re
from collections import defaultdict
from typing import Any

from django.db import connection

from innovation.core import statements

_EXECUTE = re.compile(r"EXECUTE (statement_\d+)(_count)?\b")


class RowComparison:
    """Around each statement, compares the rows of those that are kept, for their first
    values: what is compared is where each value goes. Each role has its own statement.
    """

    def __init__(self) -> None:
        self.compared: defaultdict[str, set[str]] = defaultdict(set)

    def __call__(
        self, execute: Any, sql: Any, params: Any, many: bool, context: Any
    ) -> Any:
        match = _EXECUTE.match(str(sql))
        if match and self._is_new(match[0], repr(params)):
            name, counted = match.groups()
            assert _rows(sql, params) == _rows(*_query(name, params, bool(counted)))
        return execute(sql, params, many, context)

    def _is_new(self, statement: str, values: str) -> bool:
        compared = self.compared[statement]
        is_new = values not in compared and len(compared) < statements.comparisons
        if is_new:
            compared.add(values)
        return is_new


def _query(name: str, params: Any, counted: bool) -> tuple[str, list[object]]:
    """The query as Django wrote it, and its parameters."""
    cached = statements._statements.values()
    [statement] = [each for each in cached if each.name == name]
    sql = statement.sql
    values_by_place: Any = {
        place.index: value for place, value in zip(statement.order, params, strict=True)
    }
    return (
        f"SELECT COUNT(*) FROM ({sql}) r" if counted else str(sql),
        statement.fill(values_by_place),
    )


def _rows(sql: str, params: Any) -> list[tuple[Any, ...]]:
    with connection.connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())
