"""No index costs writing without serving a query: see core's migration 0003."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db
_INDEXES = """
    SELECT relation.relname, indrelid::regclass::text, indisunique,
        indkey::int2[], indclass::oid[]
    FROM pg_index
    JOIN pg_class AS relation ON relation.oid = indexrelid
    JOIN pg_am ON pg_am.oid = relation.relam
    WHERE relation.relnamespace = 'public'::regnamespace
      AND amname = 'btree' AND indpred IS NULL AND indexprs IS NULL
"""


def indexes() -> list[tuple[str, str, bool, list[tuple[int, int]]]]:
    """The name, the table, whether it is unique, and the columns with their order."""
    with connection.cursor() as cursor:
        cursor.execute(_INDEXES)
        return [
            (name, table, unique, list(zip(columns, classes, strict=False)))
            for name, table, unique, columns, classes in cursor.fetchall()
        ]


def test_no_index_begins_another() -> None:
    every = indexes()
    assert len(every) > 200
    duplicates = [
        (name, other_name)
        for name, table, unique, columns in every
        for other_name, other_table, _, others in every
        if not unique
        and table == other_table
        and len(columns) < len(others)
        and others[: len(columns)] == columns
    ]
    assert duplicates == []


def test_no_key_has_a_second_index_for_like() -> None:
    assert [name for name, *_ in indexes() if name.endswith("_like")] == []
