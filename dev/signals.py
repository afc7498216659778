"""Ctrl-C and SIGTERM set a mark; every wait looks at the mark.

An exception thrown from a handler could land between starting a process and
writing down its number, and that process would stay.
"""

import signal
import time
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_seen: list[int] = []


class Stopped(Exception):
    """The person asked the command to stop."""


def listen() -> None:
    # Also where a shell started the command in the background with SIGINT ignored.
    for number in SIGNALS:
        signal.signal(number, _note)


def _note(number: int, frame: FrameType | None) -> None:
    _seen.append(number)


def last() -> int | None:
    return _seen[-1] if _seen else None


def count() -> int:
    return len(_seen)


def checkpoint() -> None:
    if _seen:
        raise Stopped


def pause(seconds: float) -> None:
    """Raises Stopped at once when the person has asked to stop."""
    checkpoint()
    time.sleep(seconds)
    checkpoint()
