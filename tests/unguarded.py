"""The hands of the tables' owner: what no call of the domain does, a test may stage."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from django.db import connection, models
from psycopg2.extensions import TRANSACTION_STATUS_INERROR as INERROR

from tests.staging import staging

_STANDING = """
    SELECT tgname FROM pg_trigger
    WHERE tgrelid = %s::regclass AND NOT tgisinternal
      AND (%s OR starts_with(tgname::text, 'guard_'))
"""


def rewrite(rows: models.QuerySet[Any], **values: Any) -> None:
    """Write over what the guards of the table hold. In a test that is one transaction
    its last event states it.
    """
    stated = nullcontext() if connection.in_atomic_block else staging()
    with unguarded(rows.model), stated:
        rows.update(**values)


@contextmanager
def unguarded(
    *tables: str | type[models.Model], every_trigger: bool = False
) -> Iterator[None]:
    """No guard of these tables stands."""
    names = [each if isinstance(each, str) else each._meta.db_table for each in tables]
    settle()
    lifted = [
        (name, trigger) for name in names for trigger in _standing(name, every_trigger)
    ]
    for name, trigger in lifted:
        _run(f"ALTER TABLE {name} DISABLE TRIGGER {trigger}")
    try:
        yield
    finally:
        # What failed is rolled back, and the lifting with it.
        if connection.connection.get_transaction_status() != INERROR:
            settle()
            for name, trigger in lifted:
                _run(f"ALTER TABLE {name} ENABLE TRIGGER {trigger}")


def settle() -> None:
    """Make the checks now that wait for the end of the transaction: a table that waits
    for some cannot be altered.
    """
    _run("SET CONSTRAINTS ALL IMMEDIATE")
    # The first may have recorded events that state what was written after the last.
    _run("SET CONSTRAINTS ALL IMMEDIATE")
    _run("SET CONSTRAINTS ALL DEFERRED")


def _standing(table: str, every: bool) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, [table, every])
        return [name for (name,) in cursor.fetchall()]


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
