"""The test database of this process, and copies of it.

Each worker starts with a copy of the migrated template. Django would truncate all
tables after a test that commits, but the event log refuses TRUNCATE, and rows of
migrations would be lost. So the template is copied again instead.
"""

import os
from typing import Any

import psycopg2
from django.db import connection, connections

from tests import database_template

_COPIES: set[str] = set()
_template = ""


def create() -> None:
    """Create a clean database for the tests of this process."""
    global _template
    _template = database_template.create_template()
    creation: Any = connection.creation
    database_template.use_database(creation._get_test_db_name())
    restore_clean_copy()


def drop() -> None:
    """Drop all but the template. A process that a test killed may still have a session
    that PostgreSQL has not ended.
    """
    drop_copies()
    _drop(_name())


def drop_copies() -> None:
    """Drop what `save_copy` has saved."""
    for name in _COPIES:
        _drop(name)
    _COPIES.clear()


def restore_clean_copy(case: Any = None) -> None:
    _copy(_template, _name())


def save_copy(stage: str) -> None:
    """Save a copy of the database under a name, until the test session ends."""
    _copy(_name(), f"{_name()}_{stage}")
    _COPIES.add(f"{_name()}_{stage}")


def restore_copy(stage: str) -> None:
    """Restore a saved copy."""
    _copy(f"{_name()}_{stage}", _name())


def vacuum() -> None:
    """Make room of the rows that tests have rolled back. Only between tests: see
    `dev/postgres.py`.
    """
    if _template:
        session = psycopg2.connect(database_url())
        session.autocommit = True
        with session.cursor() as cursor:
            cursor.execute("VACUUM (SKIP_LOCKED)")
        session.close()


def database_url() -> str:
    """`DATABASE_URL` for another process that works on the test's database."""
    base, _, query = os.environ["DATABASE_URL"].partition("?")
    named = f"{base.rpartition('/')[0]}/{_name()}"
    return f"{named}?{query}" if query else named


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _copy(source: str, target: str) -> None:
    """PostgreSQL copies only a database that nobody is connected to."""
    _drop(target)
    _end_sessions(source)
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')


def _drop(name: str) -> None:
    """Not WITH (FORCE): that may not end autovacuum, which a plain DROP waits for."""
    _end_sessions(name)
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')


def _end_sessions(name: str) -> None:
    """End every session there, and wait (5 s at most each) until it is gone."""
    connections.close_all()
    with connection._nodb_cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
            "WHERE datname = %s AND pid <> pg_backend_pid()"
            # PostgreSQL ends its own, such as autovacuum's, by itself.
            " AND backend_type = 'client backend'",
            [name],
        )
