"""This process as one of the service's: a test's own waits for as long as it takes."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from innovation.core import timeouts
from innovation.core.timeouts import Timeouts


@contextmanager
def use_timeouts(limits: Timeouts) -> Iterator[None]:
    before = timeouts._process
    connection.close()
    timeouts.set_process_timeouts(limits)
    try:
        yield
    finally:
        timeouts._process = before
        connection.close()
