"""What a superuser can do to the rows of evidence, one column or row at a time."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import OperationalError, connection, models, transaction

from innovation.audit import evidence
from innovation.audit.evidence import Evidence
from tests.audit import chain_tampering

_DROP_CONSTRAINTS = """
DO $$ DECLARE found record; BEGIN
    FOR found IN SELECT conrelid::regclass AS of_table, conname FROM pg_constraint
        WHERE contype IN ('c', 'u') AND conrelid::regclass::text IN ({tables})
    LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I CASCADE',
            found.of_table, found.conname);
    END LOOP;
    FOR found IN SELECT indexrelid::regclass AS name FROM pg_index
        WHERE indisunique AND NOT indisprimary
          AND indrelid::regclass::text IN ({tables})
    LOOP
        EXECUTE format('DROP INDEX %s', found.name);
    END LOOP;
END $$
"""


@dataclass(frozen=True, slots=True)
class Tampering:
    """`column` is empty if a row is removed or inserted."""

    kind: str
    table: str
    key: str
    column: str
    statement: str


@contextmanager
def superuser_connection() -> Iterator[None]:
    """The connection is one of a superuser, who has dropped every constraint. The
    database must be thrown away after.
    """
    user = connection.settings_dict["USER"]
    connection.close()
    connection.settings_dict["USER"] = "postgres"
    try:
        connection.ensure_connection()
    except OperationalError:
        connection.settings_dict["USER"] = user
        pytest.skip("The embedded database lets its superuser in; this one does not")
    names = ", ".join(f"'{table.table}'" for table in evidence.tables())
    try:
        with connection.cursor() as cursor:
            cursor.execute(_DROP_CONSTRAINTS.format(tables=names))
        yield
    finally:
        connection.close()
        connection.settings_dict["USER"] = user


@contextmanager
def rollback_without_triggers() -> Iterator[None]:
    """Disable all triggers, and roll everything back at the end."""
    with transaction.atomic():
        chain_tampering.execute("SET LOCAL session_replication_role = replica")
        yield
        transaction.set_rollback(True)


def row_keys(table: Evidence, chance: random.Random) -> list[str]:
    """Keys of rows of which every stated column is evidence."""
    free = "true"
    if table.part:
        free = f"NOT {table.is_draft_sql('r')}"
    if table.draft:
        states = ", ".join(f"'{state}'" for state in table.draft.states)
        free = f"state NOT IN ({states})"
    rows = _fetch(f"SELECT id::text FROM {table.table} AS r WHERE {free} ORDER BY id")
    keys = [key for (key,) in rows]
    chance.shuffle(keys)
    return keys


def alterations_of(table: Evidence, key: str) -> list[Tampering]:
    return [
        Tampering(
            "altered",
            table.table,
            key,
            field.column,
            f"UPDATE {table.table} SET {field.column} = {_other_value(field)}"
            f" WHERE id = {key}",
        )
        for field in table.model._meta.concrete_fields
        if field.column in table.columns and field.column != "id"
    ]


def removal_of(table: Evidence, key: str) -> Tampering:
    statement = f"DELETE FROM {table.table} WHERE id = {key}"
    return Tampering("removed", table.table, key, "", statement)


def insertion_of(each: Evidence, key: str) -> Tampering:
    """A copy of the row with another key."""
    new = str(int(key) + 1_000_000)
    names = [
        str(field.column)
        for field in each.model._meta.concrete_fields
        if not field.generated and field.column != "id"
    ]
    listed = ", ".join(names)
    statement = (
        f"INSERT INTO {each.table} (id, {listed})"
        f" SELECT {new}, {listed} FROM {each.table} WHERE id = {key}"
    )
    return Tampering("inserted", each.table, new, "", statement)


def remove_case(chain: int) -> None:
    """Remove the rows, the events and the chain."""
    deletions = {
        declared.table: _fetch(
            f"SELECT id FROM {declared.table} AS r WHERE {declared.chain('r')} = %s",
            chain,
        )
        for declared in evidence.tables()
    }
    for table, keys in deletions.items():
        chain_tampering.execute(
            f"DELETE FROM {table} WHERE id = ANY(%s)", [key for (key,) in keys]
        )
    chain_tampering.execute("DELETE FROM audit_event WHERE chain_id = %s", chain)
    chain_tampering.execute("DELETE FROM audit_chain WHERE id = %s", chain)


def _other_value(field: Any) -> str:
    """SQL for a different value."""
    column, kind = field.column, getattr(field, "target_field", field)
    if isinstance(kind, models.BooleanField):
        return f"NOT coalesce({column}, false)"
    if isinstance(kind, models.DateTimeField):
        return f"coalesce({column} + interval '1 microsecond', now())"
    if isinstance(kind, models.DateField):
        return f"coalesce({column} + 1, '2015-01-01')"
    if isinstance(kind, models.DecimalField):
        return f"coalesce({column}, 0) + 0.01"
    if isinstance(kind, models.IntegerField | models.AutoField):
        return f"coalesce({column}, 0) + 1"
    if isinstance(kind, ArrayField):
        return f"array_append({column}, 'forged')"
    if isinstance(kind, models.JSONField):
        return f"jsonb_build_array({column})"
    forged_value = f"'~' || coalesce({column}, '')"
    return (
        f"left({forged_value}, {kind.max_length})" if kind.max_length else forged_value
    )


def _fetch(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values) or None)
        return list(cursor.fetchall())
