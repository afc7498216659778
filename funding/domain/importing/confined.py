"""Opens a workbook in a process of its own, with bounded memory and time.

A few kilobytes can make the reader ask for gigabytes, and a reader written in Rust that
is given none ends its process: this one, not that which answers everybody's pages.
"""

import json
import os
import resource
import subprocess
import sys
from datetime import date, datetime
from typing import Any

from funding.domain.importing.tables import Cell, Unreadable

MOST_MEMORY = 700_000_000
MOST_SECONDS = 10
_TOO_MUCH = (
    "The workbook holds far more than a table of past cases. Copy the values of the "
    "table into a new workbook, or save it as CSV, and try again."
)


def rows(content: bytes) -> list[list[Cell]]:
    """The rows of its first sheet that has anything in it. Raises `Unreadable`."""
    try:
        child = subprocess.run(
            [sys.executable, "-m", __name__],
            input=content,
            capture_output=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            # Below the half minute after which gunicorn gives up on its worker.
            timeout=2 * MOST_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise Unreadable(_TOO_MUCH) from None
    if child.returncode:
        raise Unreadable(_TOO_MUCH)
    refused, found = json.loads(child.stdout, object_hook=_moment)
    if refused:
        raise Unreadable(refused)
    return list(found)


def _moment(said: dict[str, str]) -> Cell:
    if "day" in said:
        return date.fromisoformat(said["day"])
    return datetime.fromisoformat(said["moment"])


def _said(cell: object) -> dict[str, str]:
    if isinstance(cell, datetime):
        return {"moment": cell.isoformat()}
    assert isinstance(cell, date)
    return {"day": cell.isoformat()}


def _main() -> None:
    _bound(resource.RLIMIT_AS, MOST_MEMORY)
    _bound(resource.RLIMIT_CPU, MOST_SECONDS)
    _bound(resource.RLIMIT_CORE, 0)
    json.dump(_answer(sys.stdin.buffer.read()), sys.stdout, default=_said)


def _bound(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    bounded = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (bounded, bounded))


def _answer(content: bytes) -> tuple[str, Any]:
    from funding.domain.importing import workbook

    try:
        return "", workbook.rows(content)
    except Unreadable as refused:
        return str(refused), None


if __name__ == "__main__":
    _main()
