"""Ctrl-C and SIGTERM are only recorded, and every wait looks for them.

An exception thrown from a handler could land between starting a process and
writing down its number, and that process would stay.
"""

import signal
import time
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_received: list[int] = []


class StopRequested(Exception):
    """The person asked the command to stop."""


def install_handlers() -> None:
    # Also where a shell started the command in the background with SIGINT ignored.
    for number in SIGNALS:
        signal.signal(number, _on_signal)


def _on_signal(number: int, frame: FrameType | None) -> None:
    _received.append(number)


def last_signal() -> int | None:
    return _received[-1] if _received else None


def signal_count() -> int:
    return len(_received)


def raise_if_stopped() -> None:
    if _received:
        raise StopRequested


def pause(seconds: float) -> None:
    """Sleep, and raise `StopRequested` if the person has asked to stop."""
    raise_if_stopped()
    time.sleep(seconds)
    raise_if_stopped()
