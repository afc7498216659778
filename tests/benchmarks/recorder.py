"""What a form writes, recorded, to be written again by the bare driver.

The second time the database gives the new rows other ids, so an id that was given the
first time is replaced by the new one wherever it stands in a later statement. For that
the sequences first move to numbers that stand for nothing else.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

_FIRST_ID = 1_000_000_000
_WRITES = ("INSERT", "UPDATE", "DELETE")
_MOVE_SEQUENCES = """
    SELECT setval(format('%%I.%%I', schemaname, sequencename)::regclass, %s)
    FROM pg_sequences WHERE data_type <> 'smallint'::regtype
"""
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """`returned` are the rows it gave, `is_alone` whether it was committed alone."""

    sql: str
    parameters: Sequence[Any]
    returned: Sequence[Row]
    is_alone: bool


@dataclass(slots=True)
class Recording:
    """The statements that write, and how many there were of all kinds."""

    writes: list[Statement] = field(default_factory=list)
    count: int = 0


def move_sequences() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_MOVE_SEQUENCES, [_FIRST_ID])


@contextmanager
def record() -> Iterator[Recording]:
    recording = Recording()

    def note(
        execute: Callable[..., Any],
        sql: str,
        parameters: Any,
        many: bool,
        context: dict[str, Any],
    ) -> Any:
        result = execute(sql, parameters, many, context)
        recording.count += 1
        if sql.lstrip().startswith(_WRITES):
            recording.writes.append(
                Statement(
                    sql,
                    parameters if parameters is not None else (),
                    _returned(context["cursor"].cursor),
                    is_alone=not connection.in_atomic_block,
                )
            )
        return result

    with connection.execute_wrapper(note):
        yield recording


def _returned(cursor: Any) -> list[Row]:
    """The rows, which stay there to be read."""
    if cursor.description is None:
        return []
    rows = list(cursor.fetchall())
    cursor.scroll(0, mode="absolute")
    return rows


def replay(line: Any, recordings: Sequence[Recording]) -> None:
    """Write the same rows, in the same transactions, on this connection."""
    with line.cursor() as cursor:
        for recording in recordings:
            ids: dict[Any, Any] = {}
            for write in recording.writes:
                cursor.execute(write.sql, _replace(write.parameters, ids))
                if write.returned:
                    pairs = zip(write.returned, cursor.fetchall(), strict=True)
                    ids |= {old[0]: new[0] for old, new in pairs if _is_id(old[0])}
                if write.is_alone:
                    line.commit()
            line.commit()


def _replace(parameters: Any, ids: dict[Any, Any]) -> Any:
    if isinstance(parameters, dict):
        return {name: _new(value, ids) for name, value in parameters.items()}
    return [_new(value, ids) for value in parameters]


def _is_id(value: object) -> bool:
    return isinstance(value, int) and value >= _FIRST_ID


def _new(value: Any, ids: dict[Any, Any]) -> Any:
    return ids.get(value, value) if _is_id(value) else value
