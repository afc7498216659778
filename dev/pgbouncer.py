"""Finds the pooler that tests put before the database, or says that it is missing."""

import os
import shutil

from dev import terminal

NOT_FOUND = (
    "No PgBouncer was found: install it (on Debian, pgbouncer). The service itself "
    "runs without it."
)


def program() -> str | None:
    """`PGBOUNCER_PROGRAM`, or what is on the path; daemons are often beside it."""
    name = os.environ.get("PGBOUNCER_PROGRAM") or "pgbouncer"
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin")


def ensure() -> None:
    """Print a warning if there is none; with REQUIRE_PGBOUNCER=1, fail."""
    if program() is not None:
        return
    if os.environ.get("REQUIRE_PGBOUNCER") == "1":
        raise terminal.CommandFailed(NOT_FOUND)
    terminal.print_warning(f"THE TESTS WITH A POOLER ARE SKIPPED. {NOT_FOUND}")
