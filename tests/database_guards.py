"""Changes that only the tables’ owner can make, for states no domain call creates."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from django.db import connection, models
from psycopg2.extensions import TRANSACTION_STATUS_INERROR as INERROR

from tests.audit_events import recorded_changes

_ENABLED_TRIGGERS = """
    SELECT tgname FROM pg_trigger
    WHERE tgrelid = %s::regclass AND NOT tgisinternal
      AND (%s OR starts_with(tgname::text, 'guard_'))
"""


def force_update(rows: models.QuerySet[Any], **values: Any) -> None:
    """Update rows in spite of the table's guards. In a test that is one transaction,
    its last event states them.
    """
    stated = nullcontext() if connection.in_atomic_block else recorded_changes()
    with disable_guards(rows.model), stated:
        rows.update(**values)


def change_function(name: str, *changes: tuple[str, str]) -> None:
    """Replace parts of a database function until the test ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef(%s::regproc)", [name])
        definition = cursor.fetchone()[0]
        for old, new in changes:
            assert definition.count(old) == 1
            definition = definition.replace(old, new)
        cursor.execute(definition)


@contextmanager
def disable_guards(
    *tables: str | type[models.Model], every_trigger: bool = False
) -> Iterator[None]:
    """Disable the guards of these tables."""
    names = [
        table if isinstance(table, str) else table._meta.db_table for table in tables
    ]
    check_deferred_constraints()
    lifted = [
        (name, trigger)
        for name in names
        for trigger in _enabled_triggers(name, every_trigger)
    ]
    for name, trigger in lifted:
        _execute(f"ALTER TABLE {name} DISABLE TRIGGER {trigger}")
    try:
        yield
    finally:
        # What failed is rolled back, and the lifting with it.
        if connection.connection.get_transaction_status() != INERROR:
            check_deferred_constraints()
            for name, trigger in lifted:
                _execute(f"ALTER TABLE {name} ENABLE TRIGGER {trigger}")


def check_deferred_constraints() -> None:
    """Run the deferred checks now: a table with pending checks cannot be altered."""
    _execute("SET CONSTRAINTS ALL IMMEDIATE")
    # The first may have recorded events that state what was written after the last.
    _execute("SET CONSTRAINTS ALL IMMEDIATE")
    _execute("SET CONSTRAINTS ALL DEFERRED")


def _enabled_triggers(table: str, every: bool) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_ENABLED_TRIGGERS, [table, every])
        return [name for (name,) in cursor.fetchall()]


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
