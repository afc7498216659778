"""The hands of the tables' owner: what no call of the domain does, a test may stage."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, models


@contextmanager
def unguarded(*tables: str | type[models.Model]) -> Iterator[None]:
    """No trigger of these tables fires."""
    names = [each if isinstance(each, str) else each._meta.db_table for each in tables]
    # A table with checks still to be made cannot be altered.
    _run("SET CONSTRAINTS ALL IMMEDIATE")
    for name in names:
        _run(f"ALTER TABLE {name} DISABLE TRIGGER USER")
    try:
        yield
    finally:
        for name in names:
            _run(f"ALTER TABLE {name} ENABLE TRIGGER USER")
        # Events recorded from now on are checked at the end again.
        _run("SET CONSTRAINTS ALL DEFERRED")


def settle() -> None:
    """Make the checks now that wait for the end of the transaction."""
    _run("SET CONSTRAINTS ALL IMMEDIATE")
    _run("SET CONSTRAINTS ALL DEFERRED")


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
