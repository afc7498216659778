"""Runs work on untrusted input in a separate process with limited memory and time, so
that a small malicious file cannot bring the web process down.

The work is a function from bytes to bytes, named `module:function`. Its module must not
need Django, and the process has none of the service's secrets.
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
"""One thread only: each thread takes memory of its own."""
_slots = BoundedSemaphore(limits.SANDBOX_AT_ONCE)


class SandboxExhausted(Exception):
    """The work took more memory or time than allowed, or failed."""


def run(function: str, content: bytes) -> bytes:
    """Raise `SandboxExhausted`, or `Unavailable` if too many others are running."""
    with _slot():
        try:
            child = subprocess.run(
                [sys.executable, "-m", __name__, function],
                input=content,
                capture_output=True,
                env=_environment(),
                # RLIMIT_CPU counts no time spent waiting, so limit elapsed time too.
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
    variables = {
        name: os.environ[name] for name in _ENVIRONMENT_NAMES if name in os.environ
    }
    return {**variables, **_MEMORY_OPTIONS, "PYTHONPATH": os.pathsep.join(sys.path)}


def _main(function: str) -> None:
    # RLIMIT_DATA limits the memory that is written; RLIMIT_AS is a second barrier.
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


def _set_limit(kind: int, limit: int) -> None:
    _, hard = resource.getrlimit(kind)
    value = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    resource.setrlimit(kind, (value, value))


if __name__ == "__main__":
    _main(sys.argv[1])
