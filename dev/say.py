"""What a person at the terminal reads: a line for each step, a sentence at a stop."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

out: TextIO | None = None  # standard output, unless a command needs that itself


class Refusal(Exception):
    """Ends the command. The message is the sentence the person reads."""


def line(text: str = "") -> None:
    print(text, file=out, flush=True)


def loud(text: str) -> None:
    line(f"!!! {text}")


@contextmanager
def step(name: str) -> Iterator[None]:
    """`name … 1.2 s`. The name comes first, so that a wait says what it waits for."""
    print(f"  {name:<44}", end="", file=out, flush=True)
    began = time.monotonic()
    try:
        yield
    except BaseException as error:
        line("failed" if isinstance(error, Refusal) else "stopped")
        raise
    line(f"{time.monotonic() - began:5.1f} s")
