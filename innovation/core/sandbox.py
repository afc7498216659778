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
_ENVIRONMENT_NAMES = ("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR")
_MEMORY_OPTIONS = {"MALLOC_ARENA_MAX": "1", "RAYON_NUM_THREADS": "1"}
"""Each further thread would take memory of its own."""
_slots = BoundedSemaphore(limits.SANDBOX_AT_ONCE)


class SandboxExhausted(Exception):
    """It took more memory or time than there is, or came to no end."""


def run(function: str, content: bytes) -> bytes:
    """Raises `SandboxExhausted`; and `Unavailable` where all places stay taken."""
    with _slot():
        try:
            child = subprocess.run(
                [sys.executable, "-m", __name__, function],
                input=content,
                capture_output=True,
                env=_environment(),
                # Waiting for a processor is not counted as time, hence by the clock.
                timeout=2 * limits.SANDBOX_SECONDS,
            )
        except subprocess.TimeoutExpired:
            raise SandboxExhausted from None
    if child.returncode:
        _log.warning("%s ended with %s", function, child.returncode)
        raise SandboxExhausted
    return child.stdout


@contextmanager
def _slot() -> Iterator[None]:
    if not _slots.acquire(timeout=limits.SANDBOX_WAIT_SECONDS):
        raise Unavailable(
            "Other people are making files at the moment. Try again in a few seconds.",
            title="The service is busy",
            retry_after=10,
            pages_work=True,
        )
    try:
        yield
    finally:
        _slots.release()


def _environment() -> dict[str, str]:
    known = {
        name: os.environ[name] for name in _ENVIRONMENT_NAMES if name in os.environ
    }
    return {**known, **_MEMORY_OPTIONS, "PYTHONPATH": os.pathsep.join(sys.path)}


def _main(function: str) -> None:
    # The address space too: the first bounds what is written, which is what counts.
    _set_limit(resource.RLIMIT_DATA, limits.SANDBOX_BYTES)
    _set_limit(resource.RLIMIT_AS, 4 * limits.SANDBOX_BYTES)
    _set_limit(resource.RLIMIT_CPU, limits.SANDBOX_SECONDS)
    _set_limit(resource.RLIMIT_FSIZE, 0)
    _set_limit(resource.RLIMIT_CORE, 0)
    module, _, name = function.partition(":")
    answer = getattr(import_module(module), name)(sys.stdin.buffer.read())
    if len(answer) > limits.SANDBOX_ANSWER_BYTES:
        sys.exit("The answer is too large.")
    sys.stdout.buffer.write(answer)


def _set_limit(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    bounded = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (bounded, bounded))


if __name__ == "__main__":
    _main(sys.argv[1])
