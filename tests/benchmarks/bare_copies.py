"""The rows of sent expressions, inserted and committed once more: into copies of their
tables that have no index, no trigger and no constraint.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection

_ROWS = {
    "bids_signature": "expression_id = "
    "(SELECT id FROM bids_expression WHERE key = %(key)s)",
    "audit_event": "subject = %(key)s AND name = 'expression.submitted'",
    "notifications_letter": "subject_reference = %(key)s",
    "core_submission": "address = %(address)s",
    "bids_expression": "key = %(key)s",
}
"""What one sending writes, and how its rows are found."""


def create() -> None:
    with connection.cursor() as cursor:
        for table in _ROWS:
            cursor.execute(f"DROP TABLE IF EXISTS bare_{table}")
            cursor.execute(
                f"CREATE TABLE bare_{table} AS SELECT * FROM {table} WITH NO DATA"
            )


def insert(line: Any, keys: Iterable[str]) -> None:
    """One transaction for each expression, on this connection."""
    for key in keys:
        row = {"key": key, "address": f"/apply/expressions/{key}/sent"}
        with line, line.cursor() as cursor:
            for table, condition in _ROWS.items():
                cursor.execute(
                    f"INSERT INTO bare_{table} SELECT * FROM {table} WHERE {condition}",
                    row,
                )
