"""Seals: a digest of the whole log at a time, to be kept outside the database.

Somebody who can rewrite every hash in the database cannot rewrite a seal that was
printed, posted or stored elsewhere. It covers the events up to a number and does not
depend on the database cluster, so it stays valid after a dump and restore.
"""

import re
import time
from typing import Any

from django.db import connection

_SEAL = re.compile(r"event-([0-9]{1,18}):([0-9a-f]{64})")
_OLD_SEAL = re.compile(r"[0-9]+:[0-9a-f]{64}")

_NEWEST = "SELECT coalesce(max(id), 0) FROM audit_event"
_WRITERS = """
    SELECT virtualtransaction FROM pg_locks
    WHERE relation = 'audit_event'::regclass AND mode = 'RowExclusiveLock' AND granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND pid IS DISTINCT FROM pg_backend_pid()
"""
_DIGEST = """
    SELECT encode(sha256(convert_to(
        coalesce(string_agg(hash, '' ORDER BY id), ''), 'UTF8')), 'hex')
    FROM audit_event WHERE id <= %s
"""


class SealTimeout(Exception):
    """A transaction has been writing events for too long."""


class InvalidSeal(ValueError):
    """The message says what is wrong with the text."""


def make(*, patience: float = 60) -> str:
    """Return `event-<newest>:<digest>`, for `is_intact`. Raise `SealTimeout` after
    `patience` seconds.

    An open transaction may have a lower number than the newest visible event, so this
    waits for those that are writing. Nobody waits for the seal: later events get a
    higher number.
    """
    [newest] = _column(_NEWEST)
    deadline = time.monotonic() + patience
    before = set(_column(_WRITERS))
    while before.intersection(_column(_WRITERS)):
        if time.monotonic() > deadline:
            raise SealTimeout(
                "No seal was made: somebody has been writing to the log for "
                f"{patience:g} seconds. Run verify_events again later."
            )
        time.sleep(0.1)
    return f"event-{newest}:{_digest(newest)}"


def is_intact(seal: str) -> bool:
    """Whether the log up to the seal is unchanged. Raise `InvalidSeal`."""
    read = _SEAL.fullmatch(seal.strip())
    if read is None:
        raise InvalidSeal(_invalid_reason(seal.strip()))
    newest, digest = read.groups()
    return _digest(int(newest)) == digest


def _invalid_reason(text: str) -> str:
    if _OLD_SEAL.fullmatch(text):
        return (
            "This seal is of the kind made before 22 November 2026, which cannot tell "
            "a restored log from a changed one. Run verify_events without it, and keep "
            "the new seal that it prints."
        )
    return "This is no seal: it looks like event-1234:0f3a…"


def _digest(newest: int) -> str:
    [digest] = _column(_DIGEST, newest)
    return str(digest)


def _column(statement: str, *values: int) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [value for (value,) in cursor.fetchall()]
