"""Uses the timeouts of a service process; tests otherwise have none."""

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
