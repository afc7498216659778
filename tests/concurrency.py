"""Runs calls at the same moment, each on its own connection to the database."""

from collections.abc import Callable, Sequence
from threading import Barrier, Thread
from typing import Any

from django.db import connection


def run_concurrently(
    calls: Sequence[Callable[[], Any]], *, within: int = 60
) -> list[Any]:
    """The result of each call, or the exception it raised, `within` so many seconds."""
    outcomes: list[Any] = [None] * len(calls)
    barrier = Barrier(len(calls))

    def run(place: int, call: Callable[[], Any]) -> None:
        try:
            barrier.wait(timeout=30)
            outcomes[place] = call()
        except Exception as raised:
            outcomes[place] = raised
        finally:
            connection.close()

    threads = [
        Thread(target=run, args=(place, call), daemon=True)
        for place, call in enumerate(calls)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=within)
    assert not any(thread.is_alive() for thread in threads)
    return outcomes
