"""File locks, which the kernel releases when their holder ends, however it ends."""

import fcntl
from pathlib import Path

from dev import signals


class Lock:
    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._file = path.open("ab")

    def try_exclusive(self) -> bool:
        return self._try(fcntl.LOCK_EX)

    def try_shared(self) -> bool:
        return self._try(fcntl.LOCK_SH)

    def acquire_exclusive(self) -> None:
        while not self.try_exclusive():
            signals.pause(0.05)

    def acquire_shared(self) -> None:
        while not self.try_shared():
            signals.pause(0.05)

    def release(self) -> None:
        fcntl.flock(self._file, fcntl.LOCK_UN)

    def __enter__(self) -> "Lock":
        self.acquire_exclusive()
        return self

    def __exit__(self, *error: object) -> None:
        self.release()

    def _try(self, kind: int) -> bool:
        try:
            fcntl.flock(self._file, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
