"""Prints to the terminal: a line for each step, and a sentence when a command stops."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

stream: TextIO | None = None  # standard output, unless a command needs that itself


class CommandFailed(Exception):
    """Ends the command. The message is the sentence the person reads."""


def print_line(text: str = "") -> None:
    print(text, file=stream, flush=True)


def print_warning(text: str) -> None:
    print_line(f"!!! {text}")


@contextmanager
def step(name: str) -> Iterator[None]:
    """`name … 1.2 s`. The name comes first, so that a wait says what it waits for."""
    print(f"  {name:<44}", end="", file=stream, flush=True)
    started = time.monotonic()
    try:
        yield
    except BaseException as error:
        print_line("failed" if isinstance(error, CommandFailed) else "stopped")
        raise
    print_line(f"{time.monotonic() - started:5.1f} s")
