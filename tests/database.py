"""A clean database after each test that commits.

Django would empty every table, but the event log refuses TRUNCATE, and what the
migrations wrote would be gone. So the database is copied once, before the first such
test, and put back from the copy after each.
"""

from typing import Any

from django.db import connection, connections

_COPIES: set[str] = set()


def keep_copy(case: Any) -> None:
    """Before a test that commits: nothing has been committed yet."""
    name = connection.settings_dict["NAME"]
    if name not in _COPIES:
        _copy(name, f"{name}_clean")
        _COPIES.add(name)


def put_back(case: Any) -> None:
    name = connection.settings_dict["NAME"]
    _copy(f"{name}_clean", name)


def drop_copies() -> None:
    for name in _COPIES:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}_clean" WITH (FORCE)')
    _COPIES.clear()


def _copy(source: str, target: str) -> None:
    """PostgreSQL copies only a database that nobody is connected to."""
    connections.close_all()
    with connection._nodb_cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = %s AND pid <> pg_backend_pid()",
            [source],
        )
        cursor.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
