"""What it means to a person that a lock is held, or that a part of the service is away.

Page, API and the saving of drafts answer alike: 503, when to try again, and that
nothing was changed, because every change is one transaction.
"""

import errno

import psycopg2
from django.db import Error, InterfaceError, OperationalError

from innovation.core.errors import Unavailable

KINDS = (Error, psycopg2.Error, OSError, Unavailable)
"""What `explain` may know something of."""

_LOCKED = {"55P03", "40P01", "40001"}  # lock timeout, deadlock, serialization
_TOO_LONG = {"57014"}  # statement timeout
# Idle for too long, read-only since a failover, and by class: connection lost, out of
# resources, shutting down, system error.
_AWAY = {"25P03", "25006"}
_AWAY_CLASSES = {"08", "53", "57", "58"}
_NO_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.ESTALE}


_LOST = (
    OperationalError,
    InterfaceError,
    psycopg2.OperationalError,
    psycopg2.InterfaceError,
)


def explain(error: BaseException | None) -> Unavailable | None:
    """Nothing where the error is a mistake of ours, or somebody's input."""
    if isinstance(error, Unavailable):
        return error
    if isinstance(error, Error | psycopg2.Error):
        return _of_database(error)
    if isinstance(error, OSError) and error.errno in _NO_DISK:
        return no_disk()
    return None


def no_disk() -> Unavailable:
    return Unavailable(
        "We cannot keep or read files at the moment. Nothing was sent or changed. Try "
        "again in a few minutes.",
        retry_after=120,
        pages_work=True,
    )


def _of_database(error: Exception) -> Unavailable | None:
    code = getattr(error, "pgcode", None) or getattr(error.__cause__, "pgcode", None)
    if code in _LOCKED:
        return Unavailable(
            "Somebody else is changing the same thing at this moment. Nothing was sent "
            "or changed. Wait a few seconds and try again.",
            title="Somebody else is working on this",
            retry_after=5,
            pages_work=True,
        )
    if code in _TOO_LONG:
        return Unavailable(
            "This took too long, because the service is very busy. Nothing was sent or "
            "changed. Wait a minute and try again.",
            title="The service is very busy",
            retry_after=30,
            pages_work=True,
        )
    lost = not code and isinstance(error, _LOST)
    if lost or code in _AWAY or (code or "")[:2] in _AWAY_CLASSES:
        return Unavailable(
            "We cannot reach our records at the moment. Nothing was sent or changed, "
            "and what you saved before is kept. Try again in a few minutes.",
            retry_after=60,
        )
    return None
