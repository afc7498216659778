"""Work that a few bytes can make enormous is done in a process of its own, with
bounded memory and time: it is that process which ends, not the one that answers
everybody's pages.

What is called is a function from bytes to bytes, named `module:function`. Its module
is loaded without Django, and the process knows none of the service's secrets.
"""

import logging
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from threading import BoundedSemaphore

from innovation.core import limits
from innovation.core.errors import Unavailable

_log = logging.getLogger("innovation.sandbox")
_KNOWN = ("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR")
_SPARING = {"MALLOC_ARENA_MAX": "1", "RAYON_NUM_THREADS": "1"}
"""Each further thread would take memory of its own."""
_places = BoundedSemaphore(limits.CONFINED_AT_ONCE)


class Exhausted(Exception):
    """It took more memory or time than there is, or came to no end."""


def call(function: str, content: bytes) -> bytes:
    """Raises `Exhausted`; and `Unavailable` where all places were taken for long."""
    with _place():
        try:
            child = subprocess.run(
                [sys.executable, "-m", __name__, function],
                input=content,
                capture_output=True,
                env=_environment(),
                # Waiting for a processor is not counted as time, hence by the clock.
                timeout=2 * limits.CONFINED_SECONDS,
            )
        except subprocess.TimeoutExpired:
            raise Exhausted from None
    if child.returncode:
        _log.warning("%s ended with %s", function, child.returncode)
        raise Exhausted
    return child.stdout


@contextmanager
def _place() -> Iterator[None]:
    if not _places.acquire(timeout=limits.CONFINED_WAIT_SECONDS):
        raise Unavailable(
            "Other people are making files at the moment. Try again in a few seconds.",
            title="The service is busy",
            retry_after=10,
            pages_work=True,
        )
    try:
        yield
    finally:
        _places.release()


def _environment() -> dict[str, str]:
    known = {name: os.environ[name] for name in _KNOWN if name in os.environ}
    return {**known, **_SPARING, "PYTHONPATH": os.pathsep.join(sys.path)}


def _main(function: str) -> None:
    # The address space too: the first bounds what is written, which is what counts.
    _bound(resource.RLIMIT_DATA, limits.CONFINED_BYTES)
    _bound(resource.RLIMIT_AS, 4 * limits.CONFINED_BYTES)
    _bound(resource.RLIMIT_CPU, limits.CONFINED_SECONDS)
    _bound(resource.RLIMIT_FSIZE, 0)
    _bound(resource.RLIMIT_CORE, 0)
    module, _, name = function.partition(":")
    answer = getattr(import_module(module), name)(sys.stdin.buffer.read())
    if len(answer) > limits.CONFINED_ANSWER_BYTES:
        sys.exit("The answer is too large.")
    sys.stdout.buffer.write(answer)


def _bound(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    bounded = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (bounded, bounded))


if __name__ == "__main__":
    _main(sys.argv[1])
