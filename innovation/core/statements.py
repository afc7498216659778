"""Queries that are written once and then run with other values.

For a small query Django takes longer to write the SQL than PostgreSQL takes to run it,
and PostgreSQL longer to plan it. So the functions here keep what was written, and let
each connection prepare it:

    def own_draft(reader, key):
        return policies.own_expressions(reader).filter(key=key).select_related("lead")

    draft = statements.first(own_draft, user, key)

The first time that values of a shape come, `build` gets a stand-in for each, which it
may only hand on to the query. What decides how the query is written is part of the
shape: `variant`, which `build` gets before the values, the permissions of a reader, the
length of a list, and whether a value is None, True or False.

The tests set `comparisons`: the query is then written anew as well, with the values
themselves, and compared, for the first so many values of each statement.
"""

import re
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count as numbers
from typing import Any, Protocol, TypeGuard, TypeVar, cast

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

from innovation.core import clock

R = TypeVar("R")
T = TypeVar("T")
Variant = tuple[Any, ...]
"""Of hashable things."""

comparisons = 0
"""For how many values each statement is compared with what Django writes for them."""
MAX_STATEMENTS = 300
"""In a process, and prepared in a session: each takes some 50 kB of the one, and 200 kB
of the other.
"""
_FIRST_NUMBER = 2_147_400_000
_FIRST_MOMENT = datetime(3, 1, 1, tzinfo=UTC)
_FIRST_DAY = date(4, 1, 1)


class Reader(Protocol):
    """Somebody on whose rights a query depends."""

    @property
    def statement_values(self) -> Sequence[object]:
        """What tells them from everybody else."""

    @property
    def statement_shape(self) -> Hashable:
        """All else that policies read of them."""

    def stand_in(self, values: Sequence[Any]) -> "Reader":
        """Somebody of the same shape, with these values."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a value goes among the parameters."""

    index: int


class _Statement:
    """One query as Django wrote it. `sql` is None where it can find nothing."""

    def __init__(
        self, rows: "QuerySet[Any, Any]", stand_ins: "_StandIns", ending: str
    ) -> None:
        self.rows = rows
        self.compiler: SQLCompiler = rows.query.get_compiler(rows.db)
        self.sql, parameters = _write(self.compiler, ending)
        self.parameters = [
            _place(parameter, stand_ins.values) for parameter in parameters
        ]
        places = [
            parameter for parameter in self.parameters if isinstance(parameter, _Place)
        ]
        self.order = list(dict.fromkeys(places))
        lost = stand_ins.required - {place.index for place in places}
        if self.sql is not None and lost:
            raise AssertionError(f"A value is not handed on as it is: {self.sql}")
        self.name = f"statement_{next(_numbers)}"
        self.compared: set[tuple[object, ...]] = set()

    def fill(self, values: Sequence[object]) -> list[object]:
        return [
            values[parameter.index] if isinstance(parameter, _Place) else parameter
            for parameter in self.parameters
        ]

    def bind(self, values: Sequence[object]) -> "QuerySet[Any, Any]":
        """The rows, which run this statement. They cannot be narrowed any more."""
        compiler, rows = _copy(self.compiler), _copy(self.rows)
        compiler.connection = connections[DEFAULT_DB_ALIAS]
        vars(compiler)["as_sql"] = lambda *_, **__: _runnable(self, values)
        query = _copy(rows.query)
        vars(query)["get_compiler"] = lambda *_, **__: compiler
        # Set past the property, which would make dictionaries of rows of tuples.
        vars(rows)["_query"] = query
        return rows


_numbers = numbers(1)
_statements: dict[Hashable, _Statement] = {}
"""The one that was used last stands last."""


def fetch(
    build: "Callable[..., QuerySet[Any, R]]",
    *values: object,
    variant: Variant = (),
    ending: str = "",
) -> list[R]:
    """The rows of `build(*variant, *values)`. `ending` is SQL that Django cannot write,
    such as `FOR SHARE`.
    """
    statement, values_by_place = _find(build, values, variant, ending)
    return [] if statement.sql is None else list(statement.bind(values_by_place))


def first(
    build: "Callable[..., QuerySet[Any, R]]",
    *values: object,
    variant: Variant = (),
    ending: str = "",
) -> R | None:
    """The first row of `build(*variant, *values)`, which limits itself to one."""
    return next(iter(fetch(build, *values, variant=variant, ending=ending)), None)


def values(
    build: "Callable[..., QuerySet[Any, Any]]",
    *arguments: object,
    variant: Variant = (),
) -> list[tuple[Any, ...]]:
    """The columns of `build(*variant, *arguments)` as the driver reads them."""
    statement, parameters = _find(build, arguments, variant)
    if statement.sql is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(*_runnable(statement, parameters))
        return list(cursor.fetchall())


def pad(keys: Collection[str]) -> tuple[str, ...]:
    """The keys, sorted, and blanks up to the next power of two, so that a few
    statements find any number of keys.
    """
    size = 1 << (len(keys) - 1).bit_length() if keys else 0
    blanks = (" " * length for length in range(1, size - len(keys) + 1))
    return (*sorted(keys), *blanks)


def count(
    build: "Callable[..., QuerySet[Any, Any]]", *values: object, variant: Variant = ()
) -> int:
    """The number of rows of `build(*variant, *values)`."""
    statement, values_by_place = _find(build, values, variant)
    if statement.sql is None:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(*_runnable(statement, values_by_place, counted=True))
        return int(cursor.fetchone()[0])


def _find(
    build: "Callable[..., QuerySet[Any, Any]]",
    values: Sequence[object],
    variant: Variant,
    ending: str = "",
) -> tuple[_Statement, list[object]]:
    """The statement for values of this shape, and the values as its parameters."""
    key = build, variant, ending, *map(_shape, values)
    statement = _statements.pop(key, None)
    if statement is None:
        stand_ins = _StandIns()
        arguments = [stand_ins.make(value) for value in values]
        with clock.stopped("A statement that is kept must not know the time"):
            statement = _Statement(build(*variant, *arguments), stand_ins, ending)
    _statements[key] = statement
    if len(_statements) > MAX_STATEMENTS:
        longest_unused, *_ = list(_statements)  # a copy: other threads use it too
        _statements.pop(longest_unused, None)
    parts = [part for value in values for part in _parts(value)]
    if len(statement.compared) < comparisons and tuple(parts) not in statement.compared:
        _compare(statement, parts, build(*variant, *values), ending)
        statement.compared.add(tuple(parts))
    return statement, parts


def drop_all() -> None:
    _statements.clear()


def _shape(value: object) -> Hashable:
    if _is_constant(value):
        return value if value is None or isinstance(value, bool) else "nobody"
    if isinstance(value, tuple | list):
        return type(value), len(value), *map(_shape, value)
    if _is_reader(value):
        return value.statement_shape
    return cast("Hashable", type(value))


def _parts(value: Any) -> Iterator[object]:
    if _is_constant(value):
        return
    if _is_reader(value):
        yield from value.statement_values
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _parts(item)
    else:
        yield value


def _is_constant(value: object) -> bool:
    """None, True, False, and whoever is not signed in."""
    return (
        value is None
        or isinstance(value, bool)
        or getattr(value, "is_authenticated", True) is False
    )


def _is_reader(value: object) -> TypeGuard[Reader]:
    return hasattr(value, "statement_shape")


class _StandIns:
    """Values that no row has, each of them once. Who reads decides nothing where they
    may read everything; every other value is `required`.
    """

    def __init__(self) -> None:
        self.values: list[object] = []
        self.required: set[int] = set()

    def make(self, value: Any) -> Any:
        if _is_constant(value):
            return value
        if isinstance(value, tuple | list):
            return type(value)(map(self.make, value))
        if _is_reader(value):
            known = [self._add(type(item)) for item in value.statement_values]
            return value.stand_in(known)
        self.required.add(len(self.values))
        return self._add(type(value))

    def _add(self, kind: type) -> Any:
        place = len(self.values)
        if issubclass(kind, str):
            # On one line, as it is: columns drop what cannot be printed.
            placeholder: object = f"value {place} of a kept statement"
        elif issubclass(kind, int):
            placeholder = _FIRST_NUMBER + place
        elif issubclass(kind, datetime):
            placeholder = _FIRST_MOMENT + timedelta(days=place)
        elif issubclass(kind, date):
            placeholder = _FIRST_DAY + timedelta(days=place)
        else:
            raise TypeError(f"No statement takes a {kind.__name__}")
        self.values.append(placeholder)
        return placeholder


def _place(parameter: object, values: Sequence[object]) -> object:
    for index, value in enumerate(values):
        if type(parameter) is type(value) and parameter == value:
            return _Place(index)
    return parameter


def _copy(original: T) -> T:
    """A shallow copy. That of the copy module would run the query."""
    copy = object.__new__(type(original))
    copy.__dict__.update(original.__dict__)
    return copy


def _write(compiler: SQLCompiler, ending: str) -> tuple[str | None, list[object]]:
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        return None, []
    return f"{sql} {ending}".rstrip(), list(parameters)


def _compare(
    statement: _Statement,
    parameters: Sequence[object],
    rows: "QuerySet[Any, Any]",
    ending: str,
) -> None:
    expected = _write(rows.query.get_compiler(rows.db), ending)
    if expected != (statement.sql, statement.fill(parameters)):
        raise AssertionError(
            f"These values write another query: {expected}\n"
            f"and not {statement.sql, statement.fill(parameters)}"
        )


# --- prepared statements ---------------------------------------------------
_PLACEHOLDER = re.compile(r"%(s|%)")


@dataclass(slots=True)
class _Prepared:
    """What one session of the database has prepared."""

    session: Any
    names: set[str] = field(default_factory=set)


def _runnable(
    statement: _Statement, parameters: Sequence[object], counted: bool = False
) -> tuple[str, list[Any]]:
    """What a cursor takes: EXECUTE, and before that PREPARE where this connection has
    not done it. Where a pooler gives each transaction another connection, the query.
    """
    sql = f"SELECT COUNT(*) FROM ({statement.sql}) r" if counted else statement.sql
    assert sql is not None
    if not settings.PREPARED_STATEMENTS:
        return sql, statement.fill(parameters)
    name = f"{statement.name}_count" if counted else statement.name
    _ensure_prepared(name, sql, statement)
    places = ", ".join(["%s"] * len(statement.order))
    command = f"EXECUTE {name}({places})" if places else f"EXECUTE {name}"
    return command, [parameters[place.index] for place in statement.order]


def _ensure_prepared(name: str, sql: str, statement: _Statement) -> None:
    own: Any = connections[DEFAULT_DB_ALIAS]  # this thread's
    # A cursor does this too, but later: the statement would then be in the session of
    # before, which the database may have ended since the last request.
    own.close_if_health_check_failed()
    own.ensure_connection()
    known = getattr(own, "prepared_statements", None)
    if known is None or known.session is not own.connection:
        known = own.prepared_statements = _Prepared(own.connection)
    if name in known.names:
        return
    with own.wrap_database_errors, known.session.cursor() as cursor:
        if len(known.names) >= MAX_STATEMENTS:
            cursor.execute("DEALLOCATE ALL")
            known.names.clear()
        cursor.execute(f"PREPARE {name} AS {_number_places(sql, statement, cursor)}")
    known.names.add(name)


def _number_places(sql: str, statement: _Statement, cursor: Any) -> str:
    """The query with `$1` where a value goes; what never changes stands in it."""
    parameters = iter(statement.parameters)

    def write(match: re.Match[str]) -> str:
        if match[1] == "%":
            return "%"
        parameter = next(parameters)
        if isinstance(parameter, _Place):
            return f"${statement.order.index(parameter) + 1}"
        return str(cursor.mogrify("%s", [parameter]).decode())

    return _PLACEHOLDER.sub(write, sql)
