"""Finds the virus scanner for the tests of uploads, or says that it is missing."""

import os
import shutil

from dev import terminal

NOT_FOUND = (
    "No clamd was found: install ClamAV's daemon (on Debian, clamav-daemon). The "
    "service itself runs without it and shows files as not scanned."
)


def program() -> str | None:
    """`CLAMD_PROGRAM`, or what is on the path; daemons are often beside it."""
    name = os.environ.get("CLAMD_PROGRAM") or "clamd"
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin")


def ensure() -> None:
    """Print a warning if there is none; with REQUIRE_CLAMAV=1, fail."""
    if program() is not None:
        return
    if os.environ.get("REQUIRE_CLAMAV") == "1":
        raise terminal.CommandFailed(NOT_FOUND)
    terminal.print_warning(f"THE TESTS WITH A VIRUS SCANNER ARE SKIPPED. {NOT_FOUND}")
