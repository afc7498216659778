"""Turns errors of the database and the file storage into messages for people.

Pages, the API and the saving of drafts answer alike: 503, when to try again, and that
nothing was changed, because every change is one transaction.
"""

import errno

import psycopg2
from django.db import Error, InterfaceError, OperationalError

from innovation.core.errors import Unavailable

ERROR_TYPES = (Error, psycopg2.Error, OSError, Unavailable)
"""The errors that `explain` may turn into a message."""

_LOCK_CODES = {"55P03", "40P01", "40001"}  # lock timeout, deadlock, serialization
_TIMEOUT_CODES = {"57014"}  # statement timeout
# Idle for too long, read-only after a failover. The classes: connection lost, out of
# resources, shutting down, system error.
_UNREACHABLE_CODES = {"25P03", "25006"}
_UNREACHABLE_CLASSES = {"08", "53", "57", "58"}
_DISK_ERRORS = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.ESTALE}
_CONNECTION_ERRORS = (
    OperationalError,
    InterfaceError,
    psycopg2.OperationalError,
    psycopg2.InterfaceError,
)


def explain(error: BaseException | None) -> Unavailable | None:
    """`None` if the error is not an outage but a bug or invalid input."""
    if isinstance(error, Unavailable):
        return error
    if isinstance(error, Error | psycopg2.Error):
        return _database_outage(error)
    if isinstance(error, OSError) and error.errno in _DISK_ERRORS:
        return storage_outage()
    return None


def storage_outage() -> Unavailable:
    return Unavailable(
        "We cannot keep or read files at the moment. Nothing was sent or changed. Try "
        "again in a few minutes.",
        retry_after=120,
        pages_work=True,
    )


def _database_outage(error: Exception) -> Unavailable | None:
    code = getattr(error, "pgcode", None) or getattr(error.__cause__, "pgcode", None)
    if code in _LOCK_CODES:
        return Unavailable(
            "Somebody else is changing the same thing at this moment. Nothing was sent "
            "or changed. Wait a few seconds and try again.",
            title="Somebody else is working on this",
            retry_after=5,
            pages_work=True,
        )
    if code in _TIMEOUT_CODES:
        return Unavailable(
            "This took too long, because the service is very busy. Nothing was sent or "
            "changed. Wait a minute and try again.",
            title="The service is very busy",
            retry_after=30,
            pages_work=True,
        )
    is_lost = not code and isinstance(error, _CONNECTION_ERRORS)
    if (
        is_lost
        or code in _UNREACHABLE_CODES
        or (code or "")[:2] in _UNREACHABLE_CLASSES
    ):
        return Unavailable(
            "We cannot reach our records at the moment. Nothing was sent or changed, "
            "and what you saved before is kept. Try again in a few minutes.",
            retry_after=60,
        )
    return None
