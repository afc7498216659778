"""The database timeouts for each kind of work. They are set only here.

A held lock must not stop the whole service: a request that waits too long for a lock
fails with a message and frees its thread. A transaction that is idle for too long is
ended, and loses its locks.

Behind a pooler that gives each transaction another connection, other processes would
get what is set on a connection. There its defaults are those of a page, and other
timeouts are set for a transaction at a time.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import Error, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.backends.utils import CursorWrapper
from psycopg2.extensions import TRANSACTION_STATUS_IDLE


@dataclass(frozen=True, slots=True)
class Timeouts:
    """In seconds; 0 for none."""

    lock: int
    statement: int
    idle_in_transaction: int

    def set(self, cursor: "CursorWrapper | Any", *, local: bool) -> None:
        cursor.execute(
            "SELECT set_config('lock_timeout', %s, %s),"
            " set_config('statement_timeout', %s, %s),"
            " set_config('idle_in_transaction_session_timeout', %s, %s)",
            [
                value
                for seconds in (self.lock, self.statement, self.idle_in_transaction)
                for value in (f"{seconds}s", local)
            ],
        )


WEB = Timeouts(lock=3, statement=10, idle_in_transaction=30)
"""A page or a call of the API. A load balancer gives up after a minute."""

SUBMISSION = Timeouts(lock=20, statement=25, idle_in_transaction=30)
"""Work with a deadline: somebody who has to try again may miss it."""

TASK = Timeouts(lock=10, statement=60, idle_in_transaction=120)
"""A job of the worker: letters, scans, sweeps. It is run again if it fails."""

LONG = Timeouts(lock=10, statement=600, idle_in_transaction=600)
"""An import, a report, a whole table as CSV, the nightly totals of the figures."""

COMMAND = Timeouts(lock=5, statement=0, idle_in_transaction=600)
"""`migrate` and the other commands. A migration that waits for a lock blocks everybody
behind it, so it soon gives up and has to be started again.
"""

_process: Timeouts | None = None


def set_process_timeouts(timeouts: Timeouts) -> None:
    """Set the timeouts of this process. Call it before the first connection."""
    global _process
    _process = timeouts


@contextmanager
def use_timeouts(timeouts: Timeouts | None) -> Iterator[None]:
    """Use other timeouts inside the block; in a transaction, until its end. Behind a
    pooler, what the block does outside transactions has the usual ones.
    """
    if timeouts is None or _process is None:
        yield
    elif connection.in_atomic_block:
        with connection.cursor() as cursor:
            timeouts.set(cursor, local=True)
        yield
    elif _is_pooled():
        with connection.execute_wrapper(_SetInTransactions(timeouts)):
            yield
    else:
        with connection.cursor() as cursor:
            timeouts.set(cursor, local=False)
        try:
            yield
        finally:
            if connection.connection is not None:
                _set_again(_process)


def _is_pooled() -> bool:
    """Whether each transaction may get another connection, which may not be changed."""
    return not settings.PREPARED_STATEMENTS


@dataclass(frozen=True, slots=True)
class _SetInTransactions:
    """Sets the timeouts before the first statement of each transaction."""

    timeouts: Timeouts

    def __call__(
        self,
        execute: Callable[..., Any],
        sql: str,
        parameters: Any,
        many: bool,
        context: dict[str, Any],
    ) -> Any:
        own = context["connection"]
        session = own.connection
        if (
            own.in_atomic_block
            and session.info.transaction_status == TRANSACTION_STATUS_IDLE
        ):
            with own.wrap_database_errors, session.cursor() as cursor:
                self.timeouts.set(cursor, local=True)
        return execute(sql, parameters, many, context)


def _set_again(timeouts: Timeouts) -> None:
    """A broken connection is replaced by one with the timeouts of the process."""
    try:
        with connection.cursor() as cursor:
            timeouts.set(cursor, local=False)
    except Error:
        connection.close()


def _set_on_connection(
    sender: object, connection: BaseDatabaseWrapper, **_: object
) -> None:
    if _process is not None and not _is_pooled():
        with connection.cursor() as cursor:
            _process.set(cursor, local=False)


connection_created.connect(_set_on_connection, dispatch_uid=__name__)
